import { codesOf } from '../../records/subtree.ts';

/** Gives the paths from the top down to a path itself: /BCA/, /BCA/T01.1/ … */
export function pathsAlong(path: string): string[] {
  const codes = codesOf(path);
  return codes.map((_, index) => `/${codes.slice(0, index + 1).join('/')}/`);
}
