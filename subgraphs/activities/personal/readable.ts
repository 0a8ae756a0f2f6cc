import { GraphError } from '../../../server/errors.ts';
import { Unreadable } from './personalData.ts';

/**
 * Gives what is opened. Throws PERSONAL_DATA_UNREADABLE with the given words where that cannot be done; the cause, which
 * names the place and the key, is for the log.
 */
export function readable<T>(open: () => T, what: string): T {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    throw new GraphError('PERSONAL_DATA_UNREADABLE', what, { cause });
  }
}
