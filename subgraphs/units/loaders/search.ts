import { inputInvalid } from '../../../server/errors.ts';
import { checkPageSize } from '../../records/connection.ts';
import { fold } from '../../records/fold.ts';
import { driverOptions } from '../../records/page.ts';
import { alternativesOf, nearest } from '../../records/spelling/alternatives.ts';
import type { Models } from '../model/models.ts';
import { formsOf, readingsOf } from '../model/names.ts';
import type { UnitHitRecord, UnitRecord } from '../model/unit.ts';
import { byMatch, bySlips, type Way, waysAsTyped, waysMistyped } from './searchWays.ts';
import { existsOn } from './unitFilter.ts';

/** Of names that begin alike, the first so many in the alphabet are ranked: "xa" is the beginning of ten thousand. */
const MOST_BEGINNINGS = 2_000;

export interface SearchArgs {
  readonly text: string;
  readonly on?: string | null | undefined;
  readonly first: number;
}

type Found = UnitRecord & { readonly way: number };

/**
 * Finds units by name with one MongoDB command, and when that finds fewer than were asked for by two more: the words that
 * may have been meant, and the names made of these. A unit stands where it matches best. Throws INPUT_INVALID or PAGE_SIZE.
 */
export async function searchUnits(
  { units, words: vocabulary }: Models,
  args: SearchArgs,
  signal: AbortSignal | undefined,
): Promise<UnitHitRecord[]> {
  const { text, on, first } = args;
  checkPageSize(first);
  const readings = readingsOf(text).filter((reading) => fold(reading).replaceAll(' ', '').length > 1);
  if (readings.length === 0) throw inputInvalid('Type at least two letters or digits to search.', { text });
  const find = async (ways: readonly Way[]): Promise<{ unit: UnitRecord; way: Way }[]> => {
    const [best, ...others] = ways.map((way, index) => pipelineOf(way, index, args));
    if (!best) return [];
    const more = others.map((pipeline) => ({ $unionWith: { coll: units.collection.name, pipeline } }));
    const found = await units.collection
      .aggregate<Found>([...best, ...more], { batchSize: ways.length * first + 1, ...driverOptions(signal) })
      .toArray();
    return found.flatMap((unit) => {
      const way = ways[unit.way];
      return way ? [{ unit, way }] : [];
    });
  };
  const hits = await find(readings.flatMap(waysAsTyped).toSorted(byMatch));
  if (new Set(hits.map(({ unit }) => unit._id)).size < first) {
    const words = readings.flatMap((reading) => fold(reading).split(' '));
    const meant = await alternativesOf(vocabulary, words, signal);
    const mistyped = await find(
      readings.flatMap((reading) => waysMistyped(reading, meant)).toSorted(bySlips),
    );
    hits.push(...nearest(mistyped, ({ way }) => way.slips));
  }
  const best = new Map<string, UnitHitRecord>();
  for (const { unit, way } of hits)
    if (!best.has(unit._id))
      best.set(unit._id, { unit, match: way.match, matchedName: matchedName(unit, way), on });
  return [...best.values()].slice(0, first);
}

/** The pipelines stand one after the other, each as long as the whole answer may be. */
const pipelineOf = ({ filter, open }: Way, way: number, { on, first }: SearchArgs) => [
  { $match: { ...filter, ...(on ? { $and: [existsOn(on)] } : {}) } },
  ...(open ? [{ $limit: MOST_BEGINNINGS }] : []),
  { $sort: { status: 1, depth: 1, path: 1 } },
  { $limit: first },
  { $project: { exactKeys: 0, searchKeys: 0 } },
  { $set: { way } },
];

/** Gives the name that matched so; its own before former ones. */
function matchedName({ name, otherNames }: UnitRecord, { fits }: Way): string {
  const names = [name, ...otherNames.map((other) => other.name)].flatMap(({ vi, en }) =>
    en ? [vi, en] : [vi],
  );
  return names.find((text) => formsOf(text).some(fits)) ?? name.vi;
}
