import { inputInvalid } from '../../../server/errors.ts';
import { checkPageSize } from '../../records/connection.ts';
import { fold } from '../../records/fold.ts';
import { readPipeline } from '../../records/read.ts';
import { nearest } from '../../records/spelling/alternatives.ts';
import { lexiconOf } from '../../records/spelling/vocabulary.ts';
import type { Models } from '../model/models.ts';
import { formsOf, readingsOf } from '../model/names.ts';
import { type UnitHitRecord, type UnitRecord, unitStatuses } from '../model/unit.ts';
import { DEEPEST } from '../rules/levels.ts';
import { byMatch, bySlips, type Way, waysAsTyped, waysMistyped } from './searchWays.ts';
import { existsOn } from './unitFilter.ts';

export interface SearchArgs {
  readonly text: string;
  readonly on?: string | null | undefined;
  readonly first: number;
}

type Found = UnitRecord & { readonly way: number };

/**
 * Finds units by name with two MongoDB commands, whatever is found: what this process does not know yet of all names; and the
 * units with names that match what was typed, or else what may have been meant. A unit stands where it matches best.
 * Throws INPUT_INVALID or PAGE_SIZE.
 */
export async function searchUnits(
  models: Models,
  args: SearchArgs,
  signal: AbortSignal | undefined,
): Promise<UnitHitRecord[]> {
  const { text, on, first } = args;
  checkPageSize(first);
  const readings = readingsOf(text).filter((reading) => fold(reading).replaceAll(' ', '').length > 1);
  if (readings.length === 0) throw inputInvalid('Type at least two letters or digits to search.', { text });
  const lexicon = await lexiconOf(models.vocabulary, signal);
  const typed = readings.flatMap(waysAsTyped).toSorted(byMatch);
  const mistyped = readings.flatMap((reading) => waysMistyped(reading, lexicon)).toSorted(bySlips);
  const hits = await find(models, [...typed, ...mistyped], args, signal);
  const best = new Map<string, UnitHitRecord>();
  for (const { unit, way } of nearest(hits, ({ way }) => way))
    if (!best.has(unit._id))
      best.set(unit._id, { unit, match: way.match, matchedName: matchedName(unit, way), on });
  return [...best.values()].slice(0, first);
}

/** Gives the units that match in some ways, in the order of these, each way's by their rank; by one MongoDB command. */
async function find(
  { units }: Models,
  ways: readonly Way[],
  args: SearchArgs,
  signal: AbortSignal | undefined,
): Promise<{ unit: UnitRecord; way: Way }[]> {
  const [best, ...others] = ways.map((way, index) => pipelineOf(way, index, args));
  if (!best) return [];
  const more = others.map((pipeline) => ({ $unionWith: { coll: units.collection.name, pipeline } }));
  const found = await readPipeline<Found>({ model: units, pipeline: [...best, ...more], signal });
  return ways.flatMap((way, index) =>
    found
      .filter((unit) => unit.way === index)
      .toSorted(byRank(way))
      .map((unit) => ({ unit, way })),
  );
}

/**
 * An index holds the names of each status and level in the order of the alphabet: the best are read first, and no more than
 * the whole answer may hold.
 */
const pipelineOf = ({ filter }: Way, way: number, { on, first }: SearchArgs) => [
  {
    $match: { status: { $in: unitStatuses }, depth: { $in: depths }, ...filter, ...(on ? existsOn(on) : {}) },
  },
  { $sort: { status: 1, depth: 1 } },
  { $limit: first },
  { $set: { way } },
];

const depths = Array.from({ length: DEEPEST }, (_, above) => above + 1);

/** Living units before closed ones, higher levels first, then by the name that matched, then in the order of the tree. */
function byRank({ keys, fits }: Way): (a: UnitRecord, b: UnitRecord) => number {
  const nameOf = (unit: UnitRecord) => unit[keys].filter(fits).toSorted()[0] ?? '';
  return (a, b) =>
    compare(a.status, b.status) ||
    a.depth - b.depth ||
    compare(nameOf(a), nameOf(b)) ||
    compare(a.path, b.path);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Gives the name that matched so; its own before former ones. */
function matchedName({ name, otherNames }: UnitRecord, { keys, fits }: Way): string {
  const names = [name, ...otherNames.map((other) => other.name)].flatMap(({ vi, en }) =>
    en ? [vi, en] : [vi],
  );
  const keyOf = keys === 'exactKeys' ? (form: string) => form : fold;
  return names.find((text) => formsOf(text).some((form) => fits(keyOf(form)))) ?? name.vi;
}
