import { useSyncExternalStore } from 'react';

const KEY = 'token';
const changed = new EventTarget();

/** The token by which the person asks; kept until the tab is closed, and nowhere else. */
export const currentToken = (): string | null => window.sessionStorage.getItem(KEY);

/** Signs in with a token, or out without one. */
export function setToken(token: string | null): void {
  if (token) window.sessionStorage.setItem(KEY, token);
  else window.sessionStorage.removeItem(KEY);
  changed.dispatchEvent(new Event('changed'));
}

/** Gives the token, anew whenever it changes. */
export const useToken = (): string | null =>
  useSyncExternalStore((listener) => {
    changed.addEventListener('changed', listener);
    return () => changed.removeEventListener('changed', listener);
  }, currentToken);
