import { useSyncExternalStore } from 'react';
import type { Asker } from './asker.ts';

/** As whom a person asks: by a token, or on a developer's machine as a demo asker. */
export type Identity = { readonly token: string } | { readonly asker: Asker };

const KEY = 'identity';
const changed = new EventTarget();

/** As it is kept: until the tab is closed, and nowhere else. */
const kept = (): string | null => window.sessionStorage.getItem(KEY);

/** Asks as somebody from now on; as nobody by name without one. */
export function setIdentity(identity: Identity | null): void {
  if (identity) window.sessionStorage.setItem(KEY, JSON.stringify(identity));
  else window.sessionStorage.removeItem(KEY);
  changed.dispatchEvent(new Event('changed'));
}

/** Gives as whom the person asks, as a text that is equal for the same; anew whenever it changes. */
export const useKeptIdentity = (): string | null =>
  useSyncExternalStore((listener) => {
    changed.addEventListener('changed', listener);
    return () => changed.removeEventListener('changed', listener);
  }, kept);

/** Reads what is kept. */
export const identityOf = (text: string | null): Identity | null =>
  text === null ? null : (JSON.parse(text) as Identity);

/** Gives the headers that make a request that person's. */
export function headersOf(identity: Identity | null): Readonly<Record<string, string>> {
  if (!identity) return {};
  return 'token' in identity ? { authorization: `Bearer ${identity.token}` } : identity.asker.headers;
}
