import type { Volumes } from '../volumes.ts';
import { TreeDraft } from './draft.ts';
import { endDistricts } from './endDistricts.ts';
import { type AreaList, list2021, list2025, readList2021, readList2025 } from './lists.ts';
import { mergeCommunes } from './mergeCommunes.ts';
import { mergeProvinces } from './mergeProvinces.ts';
import { rowsOf, type SeedTree } from './rows.ts';
import { openTiers } from './structure2021.ts';
import { readSuccession } from './succession.ts';

export type { SeedTree } from './rows.ts';

const areasOf = ({ provinces, districts, communes }: AreaList) => [...provinces, ...districts, ...communes];

/**
 * Draws the unit tree: the four tiers on the real list of 2021-08-01 with numbered placeholders below ministry,
 * provinces and districts, and, when asked for, the reorganisations of 2025-03-01 and 2025-07-01 as dated events.
 */
export function buildTree({ tree: cut }: Pick<Volumes, 'tree'>): SeedTree {
  const draft = new TreeDraft();
  const before = readList2021();
  openTiers(draft, before, cut);
  if (!cut.reorganised) {
    return { ...rowsOf(draft, { [list2021]: areasOf(before), [list2025]: [] }), counts: null };
  }
  const { list: after, map } = readList2025();
  const succession = readSuccession(before, after, map);
  const merger = { draft, before, after, succession, cut };
  endDistricts(draft);
  mergeCommunes(merger, mergeProvinces(merger));
  const rows = rowsOf(draft, { [list2021]: areasOf(before), [list2025]: areasOf(after) });
  return { ...rows, counts: succession.counts };
}
