import { type ReactNode, useEffect } from 'react';
import type { Asked } from '../graph/useOperation.ts';
import { useFormat } from '../language/format.ts';
import { useMessages } from '../language/messages.ts';
import { usePlace } from '../url/place.ts';
import { Empty } from './Empty.tsx';
import { Loading } from './Loading.tsx';
import { Missing } from './Missing.tsx';
import { partMessages } from './messages.ts';

interface ViewProps<Data> {
  readonly title: string;
  readonly asked: Asked<Data>;
  /** The filters, which stand while anything is loaded. */
  readonly filters?: ReactNode;
  readonly children: (data: Data) => ReactNode;
}

/** The frame of a view: its heading, its filters, and below them what is known: nothing yet, nothing at all, or the answer. */
export function View<Data>({ title, asked, filters, children }: ViewProps<Data>) {
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <article aria-busy={asked.loading}>
      <h1 tabIndex={-1}>{title}</h1>
      {filters && <div className="filters">{filters}</div>}
      {asked.at && <OnPaper at={asked.at} />}
      <Content asked={asked}>{children}</Content>
    </article>
  );
}

/** What a sheet of paper says that a page need not: when it was asked, and where it can be seen again. */
function OnPaper({ at }: { readonly at: string }) {
  const m = useMessages(partMessages);
  const { instant } = useFormat();
  usePlace();
  return (
    <p className="on-paper">
      {m.askedAt(instant(at))} {window.location.href}
    </p>
  );
}

function Content<Data>({ asked, children }: Pick<ViewProps<Data>, 'asked' | 'children'>) {
  const { data, faults, loading, again } = asked;
  if (data === undefined) return <Loading />;
  if (data === null) return faults.length > 0 ? <Missing faults={faults} again={again} /> : <Empty />;
  return <div className={loading ? 'stale' : undefined}>{children(data)}</div>;
}
