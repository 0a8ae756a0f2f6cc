import { Component, type ReactNode } from 'react';
import { useMessages } from '../language/messages.ts';
import { appMessages } from './messages.ts';

interface NotLoadedProps {
  readonly children: ReactNode;
}

interface NotLoadedState {
  readonly failed: boolean;
}

/** Around a view: when its script cannot be loaded, or it fails, the shell stays and says so. */
export class NotLoaded extends Component<NotLoadedProps, NotLoadedState> {
  override state: NotLoadedState = { failed: false };

  static getDerivedStateFromError(): NotLoadedState {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Note /> : this.props.children;
  }
}

function Note() {
  const m = useMessages(appMessages);
  return (
    <article role="alert">
      <h1>{m.notLoaded}</h1>
      <p>{m.notLoadedWhy}</p>
      <button type="button" onClick={() => window.location.reload()}>
        {m.reload}
      </button>
    </article>
  );
}
