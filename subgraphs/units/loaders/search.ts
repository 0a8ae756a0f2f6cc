import { inputInvalid } from '../../../server/errors.ts';
import { checkPageSize } from '../../records/connection.ts';
import { fold } from '../../records/fold.ts';
import type { Filter } from '../../records/keyset.ts';
import { driverOptions } from '../../records/page.ts';
import type { Models } from '../model/models.ts';
import { asTyped, formsOf } from '../model/names.ts';
import type { UnitHitRecord, UnitMatch, UnitRecord } from '../model/unit.ts';
import { begins, existsOn } from './unitFilter.ts';

/** How a name can match, from the best. */
const matches: readonly UnitMatch[] = ['EXACT', 'FOLDED', 'PREFIX', 'FOLDED_PREFIX'];

interface Typed {
  readonly exact: string;
  readonly folded: string;
}

const filterOf: Readonly<Record<UnitMatch, (typed: Typed) => Filter>> = {
  EXACT: ({ exact }) => ({ exactKeys: exact }),
  FOLDED: ({ folded }) => ({ searchKeys: folded }),
  PREFIX: ({ exact }) => begins('exactKeys', exact),
  FOLDED_PREFIX: ({ folded }) => begins('searchKeys', folded),
};

const testOf: Readonly<Record<UnitMatch, (form: string, typed: Typed) => boolean>> = {
  EXACT: (form, { exact }) => form === exact,
  FOLDED: (form, { folded }) => fold(form) === folded,
  PREFIX: (form, { exact }) => form.startsWith(exact),
  FOLDED_PREFIX: (form, { folded }) => fold(form).startsWith(folded),
};

export interface SearchArgs {
  readonly text: string;
  readonly on?: string | null | undefined;
  readonly first: number;
}

/**
 * Finds units by name with one MongoDB command: one pipeline for each way to match, the best first, each as long as the
 * whole answer may be; a unit stands where it matches best. Throws INPUT_INVALID or PAGE_SIZE.
 */
export async function searchUnits(
  { units }: Models,
  { text, on, first }: SearchArgs,
  signal: AbortSignal | undefined,
): Promise<UnitHitRecord[]> {
  checkPageSize(first);
  const exact = asTyped(text);
  const typed = { exact, folded: fold(exact) };
  if (typed.folded.length < 2) throw inputInvalid('Type at least two letters or digits to search.', { text });
  const pipelines = matches.map((match) => [
    { $match: { ...filterOf[match](typed), ...(on ? { $and: [existsOn(on)] } : {}) } },
    { $sort: { status: 1, depth: 1, path: 1 } },
    { $limit: first },
    { $project: { exactKeys: 0, searchKeys: 0 } },
    { $set: { match } },
  ]);
  const [best = [], ...others] = pipelines;
  const found = await units.collection
    .aggregate<UnitRecord & { readonly match: UnitMatch }>(
      [...best, ...others.map((pipeline) => ({ $unionWith: { coll: units.collection.name, pipeline } }))],
      { batchSize: matches.length * first + 1, ...driverOptions(signal) },
    )
    .toArray();
  const firstOf = new Map(found.toReversed().map((unit) => [unit._id, unit]));
  const order = [...new Set(found.map(({ _id }) => _id))].slice(0, first);
  return order.flatMap((id) => {
    const unit = firstOf.get(id);
    return unit ? [{ unit, match: unit.match, matchedName: matchedName(unit, unit.match, typed), on }] : [];
  });
}

/** Gives the name that matched so; its own before former ones. */
function matchedName({ name, otherNames }: UnitRecord, match: UnitMatch, typed: Typed): string {
  const names = [name, ...otherNames.map((other) => other.name)].flatMap(({ vi, en }) =>
    en ? [vi, en] : [vi],
  );
  return names.find((text) => formsOf(text).some((form) => testOf[match](form, typed))) ?? name.vi;
}
