import { useSyncExternalStore } from 'react';

const paper = (): MediaQueryList => window.matchMedia('print');

function subscribe(listener: () => void): () => void {
  const query = paper();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the page is being drawn for paper: then all that is here is shown, and in dark on light. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => paper().matches);
