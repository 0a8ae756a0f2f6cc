import type { Area } from './lists.ts';

/** Places by their folded names from the province down. */
export type NameIndex = ReadonlyMap<string, readonly Area[]>;

/** Makes the index of places by what `keys` gives for each. */
export function areasByName(areas: readonly Area[], keys: (area: Area) => readonly string[]): NameIndex {
  const index = new Map<string, Area[]>();
  for (const area of areas) {
    const key = keys(area).join('|');
    const known = index.get(key);
    if (known) known.push(area);
    else index.set(key, [area]);
  }
  return index;
}

const exactly = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();

/** Gives the one place that the names mean: of several with the same folded name, the one written just so; else none. */
export function only(index: NameIndex, keys: readonly string[], name: string): Area | undefined {
  const found = index.get(keys.join('|')) ?? [];
  if (found.length <= 1) return found[0];
  const same = found.filter((area) => exactly(area.name) === exactly(name));
  return same.length === 1 ? same[0] : undefined;
}
