import { type ReactNode, useEffect } from 'react';
import type { Asked } from '../graph/useOperation.ts';
import { Empty } from './Empty.tsx';
import { Loading } from './Loading.tsx';
import { Missing } from './Missing.tsx';

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
      <Content asked={asked}>{children}</Content>
    </article>
  );
}

function Content<Data>({ asked, children }: Pick<ViewProps<Data>, 'asked' | 'children'>) {
  const { data, faults, loading, again } = asked;
  if (data === undefined) return <Loading />;
  if (data === null) return faults.length > 0 ? <Missing faults={faults} again={again} /> : <Empty />;
  return <div className={loading ? 'stale' : undefined}>{children(data)}</div>;
}
