import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import type { CellRow } from '../../records/cube/shelf.ts';
import { pathsTo } from '../../records/subtree.ts';
import type { Models } from '../model/models.ts';
import { type ProgressReportRecord, underKey } from '../model/report.ts';

/** What of a report it is counted by. */
type CountedReport = Pick<
  ProgressReportRecord,
  '_id' | 'campaignId' | 'pathAtEvent' | 'line' | 'periodEnd' | 'handedIn' | 'values'
>;

const fields = {
  campaignId: 1,
  pathAtEvent: 1,
  line: 1,
  periodEnd: 1,
  handedIn: 1,
  values: 1,
} as const satisfies Record<Exclude<keyof CountedReport, '_id'>, 1>;

/** What was handed in under a unit at one of its places, of the periods that end on one day. */
export interface ValueCell extends CellRow {
  readonly list: string;
  readonly periodEnd: string;
  /** By indicator; zeros are left out. */
  readonly values?: Readonly<Record<string, { readonly value?: number; readonly reports?: number }>>;
}

/** Names the cells of a campaign under a unit; of the whole campaign when there is none. */
export const valuesUnder = (campaignId: string, topId: string | null): string =>
  underKey(campaignId, topId ?? '');

/**
 * The cube of what was reported, for the sums of indicators that are added up. It is for those who may read every report:
 * whose part of the tree a report is in changes with the tree, and is not counted here.
 */
export const reportValuesCube: CubeDefinition<Models, CountedReport> = {
  name: 'reportValues',
  shape: 1,
  type: 'ProgressReport',
  rows: (models) => models.reports as never,
  fields,
  path: 'pathAtEvent',
  count,
  indexes: [[{ list: 1, periodEnd: 1 }]],
};

function count(report: CountedReport, add: AddTo): void {
  const { campaignId, line, pathAtEvent, periodEnd, handedIn, values } = report;
  // Counts and amounts are whole; a percentage, which nobody may add up, need not be, and would leave a rest behind.
  const whole = values.filter(({ value }) => Number.isSafeInteger(value));
  if (!handedIn || whole.length === 0) return;
  const sums = {
    values: Object.fromEntries(whole.map(({ indicatorId, value }) => [indicatorId, { value, reports: 1 }])),
  };
  const addCell = (topId: string | null, path: string | null) => {
    const list = valuesUnder(campaignId, topId);
    add(`${list}|${periodEnd}|${path}`, path, () => ({ list, periodEnd }), sums);
  };
  addCell(null, null);
  // Each place that a unit had has a cell of its own, so that a build can put it down when it has left the place.
  for (const [place, path] of pathsTo(pathAtEvent).entries()) addCell(line[place] ?? '', path);
}
