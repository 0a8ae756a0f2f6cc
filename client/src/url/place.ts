import { useSyncExternalStore } from 'react';

/** Under which all addresses of the dashboard lie. */
export const BASE = '/dashboard';

const moved = new EventTarget();

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  moved.addEventListener('moved', listener);
  return () => {
    window.removeEventListener('popstate', listener);
    moved.removeEventListener('moved', listener);
  };
}

/** What the address says: the name of a view, and the search with its values. */
export interface Place {
  readonly view: string;
  readonly search: string;
}

/** Gives the address, anew whenever it changes. */
export function usePlace(): Place {
  const pathname = useSyncExternalStore(subscribe, () => window.location.pathname);
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  return { view: pathname.slice(BASE.length).replace(/^\/|\/$/gu, ''), search };
}

/** Gives the address of a view. */
export const hrefOf = (view: string, search: string): string => `${BASE}/${view}${search}`;

/** Goes to an address of ours without loading the page again. */
export function goTo(href: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
  moved.dispatchEvent(new Event('moved'));
}
