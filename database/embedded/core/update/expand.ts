import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';
import type { ArrayFilters } from './arrayfilters.ts';
import type { PathPart, UpdatePath } from './path.ts';

/** What dynamic parts of a path are filled in with. */
export interface Filling {
  readonly filters: ArrayFilters;
  /** The index for `$`, or undefined when the query matched no array. */
  position(): number | undefined;
}

/** The concrete paths that a path with `$`, `$[]` or `$[id]` means in a document. */
export function expandPath(path: UpdatePath, doc: Document, filling: Filling): string[][] {
  const found: string[][] = [];
  expand(path.parts, 0, doc, [], filling, found);
  return found;
}

function expand(
  parts: readonly PathPart[],
  i: number,
  here: Value | undefined,
  taken: readonly string[],
  filling: Filling,
  found: string[][],
): void {
  const part = parts[i];
  if (part === undefined) {
    found.push([...taken]);
    return;
  }
  for (const name of namesOf(part, here, taken, filling)) {
    expand(parts, i + 1, child(here, name), [...taken, name], filling, found);
  }
}

function child(here: Value | undefined, name: string): Value | undefined {
  if (here instanceof Document) return here.get(name);
  return Array.isArray(here) && /^\d+$/.test(name) ? here[Number(name)] : undefined;
}

function namesOf(
  part: PathPart,
  here: Value | undefined,
  taken: readonly string[],
  filling: Filling,
): readonly string[] {
  if (part.kind === 'field') return [part.name];
  if (part.kind === 'positional') return [positionName(filling)];
  if (here === undefined) {
    fail(
      2,
      'BadValue',
      `The path '${taken.join('.')}' must exist in the document in order to apply array updates.`,
    );
  }
  if (!Array.isArray(here)) {
    return fail(
      2,
      'BadValue',
      `Cannot apply array updates to non-array element ${taken.at(-1)}: ${show(here)}`,
    );
  }
  const filter = part.identifier === '' ? () => true : filling.filters.get(part.identifier);
  return here.flatMap((item, index) => (filter?.(item) ? [String(index)] : []));
}

function positionName(filling: Filling): string {
  const position = filling.position();
  if (position === undefined) {
    fail(2, 'BadValue', 'The positional operator did not find the match needed from the query.');
  }
  return String(position);
}
