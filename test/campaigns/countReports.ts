import type { ProgressReportRow } from '../../subgraphs/campaigns/index.ts';
import type { SeededRows } from './campaignsDoor.ts';

export interface Row {
  readonly unit: { readonly id: string };
  readonly expected: number;
  readonly received: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly pending: number;
}

/** What is asked of a row. */
export const counts = 'unit { id } expected received onTime late missing pending';

/** What the graph must say of reports: counted by hand, from the rows of the seed. */
export function counted(reports: readonly ProgressReportRow[], unitId: string): Row {
  const received = reports.filter(({ status }) => !['DRAFT', 'RETURNED'].includes(status));
  const late = received.filter((report) => report.late);
  return {
    unit: { id: unitId },
    expected: reports.length,
    received: received.length,
    onTime: received.length - late.length,
    late: late.length,
    missing: reports.length - received.length,
    pending: 0,
  };
}

/** Gives the seeded reports of a campaign for some months. */
export function reportsOf(rows: SeededRows, code: string, months: readonly string[]): ProgressReportRow[] {
  const campaign = rows.campaigns.find((row) => row.code === code);
  return rows.reports.filter(
    ({ campaignId, period }) => campaignId === campaign?._id && months.includes(period),
  );
}
