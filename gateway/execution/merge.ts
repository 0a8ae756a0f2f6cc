import { type Data, isData, setOwn } from './record.ts';

/** Merges what a fetch brought into what is there: objects field by field, lists of equal length item by item. */
export function merge(into: Data, brought: Data): void {
  for (const key of Object.keys(brought)) {
    const value = brought[key];
    if (value === undefined) continue;
    const present = Object.hasOwn(into, key) ? into[key] : undefined;
    if (!mergesInto(present, value)) setOwn(into, key, value);
  }
}

/** Merges where both are objects or lists of equal length; false where the new one has to take the place of the other. */
function mergesInto(present: unknown, value: unknown): boolean {
  if (isData(present) && isData(value)) merge(present, value);
  else if (Array.isArray(present) && Array.isArray(value) && present.length === value.length)
    for (const [index, item] of value.entries()) {
      if (!mergesInto(present[index], item)) present[index] = item;
    }
  else return false;
  return true;
}
