import { inputInvalid } from '../../../server/errors.ts';
import { inRange, isIn, isUnder, toFilter } from '../../records/filter.ts';
import { fold } from '../../records/fold.ts';
import type { Filter, SortField } from '../../records/keyset.ts';
import { readingsOf } from '../model/names.ts';
import type { UnitFilter, UnitSort, UnitSortField } from '../types.generated.ts';

/** At least one key of the list begins so; both bounds must hold for the same key. */
export const begins = (field: string, prefix: string): Filter => ({
  [field]: { $elemMatch: { $gte: prefix, $lt: `${prefix}\uffff` } },
});

/** Gives the codes that a filter names under `under`, however deep. */
export const underCodesOf = (filter: UnitFilter | null | undefined): string[] =>
  filter
    ? [...(filter.under ?? []), ...(filter.any ?? []).flatMap(underCodesOf), ...underCodesOf(filter.not)]
    : [];

/**
 * Gives the MongoDB filter of a UnitFilter. `paths` holds the path of each code under `under`.
 * Throws INPUT_INVALID for a code that no unit has, and for a text without letters or digits.
 */
export const unitFilter = (
  filter: UnitFilter | null | undefined,
  paths: ReadonlyMap<string, string>,
): Filter => {
  const pathOf = (code: string): string => {
    const path = paths.get(code);
    if (!path) throw noSuchUnit(code);
    return path;
  };
  return toFilter<UnitFilter>(filter, {
    id: isIn('_id'),
    code: isIn('code'),
    level: isIn('level'),
    status: isIn('status'),
    under: (codes) => isUnder('path')(codes.map(pathOf)),
    provinceCode: isIn('provinceCode'),
    region: isIn('regionCode'),
    existsOn,
    synthetic: (synthetic) => ({ synthetic }),
    text: (text) => anyBegins(foldedReadings(text)),
    updatedSince: (instant) => inRange('updatedAt', instant, null),
  });
};

/** A code in a question that no unit has ever had. */
export const noSuchUnit = (code: string) => inputInvalid(`There is no unit with the code ${code}.`, { code });

/** The unit's life is half-open, as every span. */
export const existsOn = (date: string): Filter => ({
  existsFrom: { $lte: date },
  existsBefore: { $not: { $lte: date } },
});

const foldedReadings = (text: string): string[] => {
  const folded = readingsOf(text).map(fold).filter(Boolean);
  if (folded.length > 0) return folded;
  throw inputInvalid('A text to search for needs a letter or a digit.', { text });
};

const anyBegins = (texts: readonly string[]): Filter => {
  const filters = texts.map((text) => begins('searchKeys', text));
  return filters.length === 1 ? { ...filters[0] } : { $or: filters };
};

const sortFields: Readonly<Record<UnitSortField, string>> = {
  PATH: 'path',
  NAME: 'nameKey',
  UPDATED_AT: 'updatedAt',
};

/** Gives the order of units; the order of the tree when none is asked. */
export const unitSort = (sort: readonly UnitSort[] | null | undefined): SortField[] =>
  sort && sort.length > 0
    ? sort.map(({ field, direction }) => ({
        field: sortFields[field],
        direction: direction === 'DESC' ? -1 : 1,
      }))
    : [{ field: 'path', direction: 1 }];
