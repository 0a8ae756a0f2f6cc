import { addDays } from '../../../schema/scalars/period.ts';
import { monthOf } from '../../records/calendar.ts';
import { allOf } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { filterOf } from '../filter/activityFilter.ts';
import { type CopyRoads, type Known, knownOf } from '../filter/known.ts';
import { spanOf } from '../filter/parts.ts';
import { exportOrder } from '../model/activity.ts';
import { unitMonthOf } from '../model/derived.ts';
import { counted } from '../rollup/measures.ts';
import type { SupportActivityFilter } from '../types.generated.ts';

/** What the export reads, and along which index; null where the database chooses. */
export interface Reading {
  readonly match: Filter;
  readonly index: Readonly<Record<string, 1>> | null;
}

/** Reads what a filter means. Throws INPUT_INVALID. */
export async function readingOf(
  filter: SupportActivityFilter | null | undefined,
  roads: CopyRoads,
  today: string,
): Promise<Reading> {
  const known = await knownOf(filter, roads, today);
  const match = allOf([filterOf(filter, known), filter ? monthsOf(filter, known) : {}, counted]);
  return { match, index: indexFor(filter ?? {}, known) };
}

/**
 * Every page begins where the one before ended and reads on in the order of the rows, so that the last page costs what the
 * first one costs. A database left to itself rather finds all that the filter leaves and sorts it, for every page anew;
 * that is quicker only where a filter leaves little: single records, units, subtrees below a province, words.
 */
function indexFor(filter: SupportActivityFilter, known: Known): Reading['index'] {
  const { id, unit, under, text, campaign, provinceCode } = filter;
  const isSmall = (code: string) => smallLevels.has(known.unit(code).versions.at(-1)?.level ?? '');
  if (id || unit || text || under?.every(isSmall)) return null;
  if (campaign?.length === 1) return { campaignCode: 1, ...exportOrder };
  if (provinceCode?.length === 1) return { provinceAtEvent: 1, ...exportOrder };
  return exportOrder;
}

const smallLevels: ReadonlySet<string> = new Set(['DIVISION', 'DISTRICT', 'COMMUNE', 'TEAM']);

/** A period bounds the months too: of the index, only the part of these months is read. */
function monthsOf({ during, campaign }: SupportActivityFilter, known: Known): Filter {
  if (!during) return {};
  const [only, ...more] = campaign ?? [];
  const around = only !== undefined && more.length === 0 ? known.campaign(only) : null;
  const { from, before } = spanOf(during, around, known.today);
  const lastMonth = monthOf(addDays(before, -1));
  // '~' stands behind every code of a unit.
  return { unitMonth: { $gte: unitMonthOf(monthOf(from), ''), $lt: unitMonthOf(lastMonth, '~') } };
}
