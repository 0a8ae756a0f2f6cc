import { useMessages } from '../../language/messages.ts';
import { partMessages } from '../messages.ts';

interface PagesProps {
  readonly page: number;
  readonly pages: number;
  readonly goTo: (page: number) => void;
}

/** The pages of rows that are all here. */
export function Pages({ page, pages, goTo }: PagesProps) {
  const m = useMessages(partMessages);
  return (
    <div className="pages">
      <button type="button" disabled={page <= 1} onClick={() => goTo(page - 1)}>
        {m.previous}
      </button>
      <span aria-live="polite">{m.page(page, pages)}</span>
      <button type="button" disabled={page >= pages} onClick={() => goTo(page + 1)}>
        {m.next}
      </button>
    </div>
  );
}

/** Where a page of a list lies, and how to turn it. */
export interface CursorPagesProps {
  /** The cursor that this page came after; null on the first one. */
  readonly after: string | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly goAfter: (cursor: string | null) => void;
}

/** The pages of a list that the graph gives page by page: onwards, and back to the first; the browser goes back by one. */
export function CursorPages({ after, pageInfo, goAfter }: CursorPagesProps) {
  const m = useMessages(partMessages);
  if (!after && !pageInfo.hasNextPage) return null;
  return (
    <div className="pages">
      <button type="button" disabled={!after} onClick={() => goAfter(null)}>
        {m.first}
      </button>
      <button type="button" disabled={!pageInfo.hasNextPage} onClick={() => goAfter(pageInfo.endCursor)}>
        {m.next}
      </button>
    </div>
  );
}
