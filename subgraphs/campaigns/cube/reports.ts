import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import type { CellRow } from '../../records/cube/shelf.ts';
import type { Sums } from '../../records/cube/sums.ts';
import { pathsTo } from '../../records/subtree.ts';
import type { Models } from '../model/models.ts';
import { type ProgressReportRecord, underKey } from '../model/report.ts';

/** What of a report it is counted by. */
type CountedReport = Pick<
  ProgressReportRecord,
  '_id' | 'campaignId' | 'pathAtEvent' | 'line' | 'levels' | 'periodEnd' | 'dueOn' | 'handedIn' | 'late'
>;

const fields = {
  campaignId: 1,
  pathAtEvent: 1,
  line: 1,
  levels: 1,
  periodEnd: 1,
  dueOn: 1,
  handedIn: 1,
  late: 1,
} as const satisfies Record<Exclude<keyof CountedReport, '_id'>, 1>;

/** A row of completeness, for all periods: of one unit, in one list. */
export interface ReportCell extends CellRow {
  readonly list: string;
  readonly unitId: string;
  /** By last day and due day: what is missing depends on the day of the reader, so it is found when reading. */
  readonly due: Readonly<Record<string, DueSums>>;
  readonly derived: {
    /** The first path at which the unit was reported on: the place of its row. */
    readonly path: string;
    /** The last days of the periods that it reports on. */
    readonly ends: readonly string[];
  };
}

/** Zeros are left out. */
export interface DueSums {
  readonly expected?: number;
  readonly received?: number;
  readonly late?: number;
}

/** Names of the lists that rows of completeness stand in, by the campaign and the unit at the top. */
export const listOf = {
  /** The one row of everything under a unit. */
  whole: (campaignId: string, topId: string): string => `whole:${underKey(campaignId, topId)}`,
  /** A row for each child. */
  children: (campaignId: string, topId: string): string => `children:${underKey(campaignId, topId)}`,
  /** A row for each unit of a level, the top itself included. */
  level: (level: string, campaignId: string, topId: string): string =>
    `${level}:${underKey(campaignId, topId)}`,
};

export const dueKey = { of: (periodEnd: string, dueOn: string): string => `${periodEnd}:${dueOn}`, parts };

function parts(key: string): { readonly periodEnd: string; readonly dueOn: string } {
  const [periodEnd = '', dueOn = ''] = key.split(':');
  return { periodEnd, dueOn };
}

/**
 * The cube of completeness: each row that a reader may ask for is one cell, whatever the period, so that a page reads as
 * many cells as it shows. Units stand where they stood when they were reported on (AS_REPORTED).
 */
export const reportsCube: CubeDefinition<Models, CountedReport> = {
  name: 'reports',
  shape: 1,
  type: 'ProgressReport',
  rows: (models) => models.reports as never,
  fields,
  path: 'pathAtEvent',
  count,
  derive: ({ paths, due }) => ({
    path: pathOf(Object.keys(paths ?? {}).sort()[0] ?? ''),
    ends: [...new Set(Object.keys(due ?? {}).map((key) => parts(key).periodEnd))].sort(),
  }),
  indexes: [[{ list: 1, 'derived.path': 1, unitId: 1 }]],
};

/** Codes have dots, which names of fields must not have. */
const nameOf = (path: string): string => path.replaceAll('.', ':');
const pathOf = (name: string): string => name.replaceAll(':', '.');

function count(report: CountedReport, add: AddTo): void {
  const { campaignId, line, levels } = report;
  const sums = sumsOf(report);
  const addRow = (list: string, place: number) => addTo(add, { report, list, place, sums });
  for (const [place, unitId] of line.entries()) {
    addRow(listOf.whole(campaignId, unitId), place);
    if (place + 1 < line.length) addRow(listOf.children(campaignId, unitId), place + 1);
  }
  for (const level of new Set(levels)) {
    const place = levels.indexOf(level);
    for (const topId of line.slice(0, place + 1)) addRow(listOf.level(level, campaignId, topId), place);
  }
}

function sumsOf({ periodEnd, dueOn, handedIn, late }: CountedReport): Sums {
  const received = handedIn ? 1 : 0;
  return {
    due: { [dueKey.of(periodEnd, dueOn)]: { expected: 1, received, late: handedIn && late ? 1 : 0 } },
  };
}

interface Row {
  readonly report: CountedReport;
  readonly list: string;
  /** Where in the line of units the row's unit stands. */
  readonly place: number;
  readonly sums: Sums;
}

function addTo(add: AddTo, { report: { line, pathAtEvent }, list, place, sums }: Row): void {
  const unitId = line[place] ?? '';
  const path = pathsTo(pathAtEvent)[place] ?? pathAtEvent;
  // A unit above may have moved between two reports: the cell of a unit is not bound to one path.
  add(`${list}|${unitId}`, null, () => ({ list, unitId }), {
    ...sums,
    paths: { [nameOf(path)]: 1 },
  });
}
