import type { Index } from '../store/index-definition.ts';
import type { Condition } from './conditions.ts';

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);

/** The parts of an indexed path that were arrays in some document. */
export function arraysOn({ multikey }: Index, path: string): string[] {
  return [...multikey].filter((array) => within(path, array)).sort((a, b) => a.length - b.length);
}

export function isMultikey(index: Index, path: string): boolean {
  return arraysOn(index, path).length > 0;
}

/** The path of the innermost `$elemMatch` that two conditions stand in together. */
function sharedItem(a: Condition, b: Condition): string | undefined {
  let shared: string | undefined;
  for (let i = 0; i < a.items.length && a.items[i] === b.items[i]; i++) shared = a.items[i]?.path;
  return shared;
}

/**
 * Whether the bounds of two conditions may narrow an index together: every array that lies on both paths must be
 * one whose item they share (manual, "Multikey Index Bounds").
 */
export function narrowTogether(index: Index, a: Condition, b: Condition): boolean {
  const shared = sharedItem(a, b);
  return arraysOn(index, a.path)
    .filter((array) => within(b.path, array))
    .every((array) => shared !== undefined && within(shared, array));
}
