import { inputInvalid } from '../../server/errors.ts';

/**
 * Gives the range of all materialised paths at or under a path that ends in a slash (`/BCA/T01.1/`), as an index
 * reads it: [path, path with its closing slash raised by one). Without that slash `/T1` would match `/T10`.
 */
export function under(path: string): { readonly $gte: string; readonly $lt: string } {
  if (!path.endsWith('/')) throw inputInvalid(`A path ends in a slash; ${path} does not.`);
  return { $gte: path, $lt: `${path.slice(0, -1)}0` };
}

/** Whether a path lies at or under the top; a viewer outside every unit (null) is inside none. */
export const isWithin = (path: string, top: string | null): boolean => top !== null && path.startsWith(top);

/** Gives the codes along a path, from the top to the unit itself. */
export const codesOf = (path: string): string[] => path.split('/').filter(Boolean);

/** Gives the paths along a path, from the top's to the path itself. */
export function pathsTo(path: string): string[] {
  const codes = codesOf(path);
  return codes.map((_, index) => `/${codes.slice(0, index + 1).join('/')}/`);
}
