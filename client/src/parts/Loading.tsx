import { useMessages } from '../language/messages.ts';
import { partMessages } from './messages.ts';

/** Keeps the place of what is being loaded. */
export function Loading() {
  const m = useMessages(partMessages);
  return (
    <div className="loading" role="status">
      <span className="hidden">{m.loading}</span>
      <div className="bone" />
      <div className="bone" />
      <div className="bone" />
    </div>
  );
}
