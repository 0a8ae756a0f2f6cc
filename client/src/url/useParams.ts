import { type Params, readParams, type Values, writeParams } from './params.ts';
import { goTo, usePlace } from './place.ts';

/** Changes some values in the address; `replace` where going back should not bring the old ones. */
export type SetParams<P> = (change: Partial<Values<P>>, how?: 'push' | 'replace') => void;

/** Gives the values of parameters in the address, and the way to change them. */
export function useParams<P extends Params>(params: P): readonly [Values<P>, SetParams<P>] {
  const { search } = usePlace();
  const set: SetParams<P> = (change, how) => {
    const { pathname, search: now } = window.location;
    goTo(pathname + writeParams(params, now, change), how);
  };
  return [readParams(params, search), set];
}
