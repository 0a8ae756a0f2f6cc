/** What a key does in a tree, by https://www.w3.org/WAI/ARIA/apg/patterns/treeview/. */
export type Step = 'next' | 'previous' | 'first' | 'last' | 'child' | 'parent' | 'toggle' | 'follow';

const always: Readonly<Record<string, Step>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  Enter: 'follow',
  ' ': 'toggle',
};

/** Gives what a key does on an item that is open, closed, or has nothing below it (null); null for any other key. */
export function stepOf(key: string, open: boolean | null): Step | null {
  if (key === 'ArrowRight') return open === null ? null : open ? 'child' : 'toggle';
  if (key === 'ArrowLeft') return open ? 'toggle' : 'parent';
  return always[key] ?? null;
}
