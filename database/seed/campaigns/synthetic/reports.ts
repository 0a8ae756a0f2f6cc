import { addDays, spanOfPeriod } from '../../../../schema/scalars/period.ts';
import {
  type IndicatorRecord,
  type ProgressReportRow,
  reportRules,
} from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { type Random, randomOf } from '../../random.ts';
import { madeOn, placeOf } from '../belonging.ts';
import { grouped } from '../grouped.ts';
import type { Part } from './participations.ts';

interface Amounts {
  readonly reports: number;
  readonly reportMonths: number;
  readonly valuesPerReport: number;
}

/** Units that report: every department, province, district and commune; divisions and teams report inside their unit. */
const reporting = new Set(['DEPARTMENT', 'PROVINCE', 'DISTRICT', 'COMMUNE']);

/** Gives months from 2021-08, as period codes. */
const monthsFrom2021 = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const month = 7 + index;
    return `${2021 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });

/**
 * Gives a report for each month of each reporting unit, as many units as the number of reports allows: most are handed
 * in on time, some late, some never, some returned.
 */
export function* reportRows(
  parts: readonly Part[],
  indicators: ReadonlyMap<string, readonly IndicatorRecord[]>,
  { reports, reportMonths, valuesPerReport }: Amounts,
): Generator<ProgressReportRow> {
  if (reportMonths === 0) return;
  const months = monthsFrom2021(reportMonths);
  const units = chosen(
    parts.filter(({ unit }) => reporting.has(unit.level)),
    Math.floor(reports / reportMonths),
  );
  for (const part of units) {
    const counted = acrossItems(
      (indicators.get(part.campaign._id) ?? []).filter(({ aggregation }) => aggregation === 'SUM'),
      valuesPerReport,
    );
    for (const period of months) yield reportRow(part, period, counted);
  }
}

/** One tenth of the reports belongs to the units' own campaigns. */
function chosen(parts: readonly Part[], count: number): Part[] {
  const main = parts[0]?.campaign;
  const own = parts.filter(({ campaign }) => campaign !== main).slice(0, Math.floor(count / 10));
  return [...parts.filter(({ campaign }) => campaign === main).slice(0, count - own.length), ...own];
}

/** Takes so many indicators: the first of each content item, then the second of each, and so on. */
function acrossItems(indicators: readonly IndicatorRecord[], count: number): IndicatorRecord[] {
  const items = [...grouped(indicators, ({ contentItemId }) => contentItemId).values()];
  const rounds = Math.max(0, ...items.map((item) => item.length));
  return Array.from({ length: rounds }, (_, round) => items.flatMap((item) => item[round] ?? []))
    .flat()
    .slice(0, count);
}

const most: Readonly<Record<string, number>> = { 'ND4-TG': 400, 'ND5-QUA': 300, 'ND5-NHA': 2, 'ND5-SUA': 3 };

const amountOf = ({ code, measure }: IndicatorRecord, random: Random): number =>
  measure === 'VND' ? random.int(0, 400) * 100_000 : random.int(0, most[code] ?? 12);

function reportRow(
  { campaign, unit }: Part,
  period: string,
  counted: readonly IndicatorRecord[],
): ProgressReportRow {
  const random = randomOf(`report:${campaign.code}:${unit.code}:${period}`);
  const dueOn = reportRules.dueOn(spanOfPeriod(period) ?? { before: period });
  const { status, daysAfter } = fateOf(random, period);
  const submittedAt = daysAfter === null ? null : instantOn(addDays(dueOn, daysAfter), random.int(0, 8));
  return {
    _id: seededId('rep', `${campaign.code}:${unit.code}:${period}`),
    campaignId: campaign._id,
    ...placeOf(unit),
    levels: unit.levels,
    scopePath: unit.scopePath,
    period,
    dueOn,
    status,
    submittedAt,
    late: daysAfter !== null && daysAfter > 0,
    returnReason:
      status === 'RETURNED'
        ? 'Số liệu chưa khớp với văn bản gửi kèm, đề nghị rà soát lại (dữ liệu mẫu).'
        : null,
    values: submittedAt
      ? counted.map((indicator) => ({ indicatorId: indicator._id, value: amountOf(indicator, random) }))
      : [],
    narrative: submittedAt ? `Báo cáo mẫu kỳ ${period} của ${unit.name.vi}.` : null,
    synthetic: true,
    ...madeOn(addDays(dueOn, daysAfter ?? 0)),
  };
}

const instantOn = (date: string, hour: number): Date =>
  new Date(Date.parse(`${date}T08:00:00+07:00`) + hour * 3_600_000);

type Fate = { readonly status: ProgressReportRow['status']; readonly daysAfter: number | null };

/** Days after the last day that the report came in, negative before it, null for never. */
function fateOf(random: Random, period: string): Fate {
  const chance = random.next();
  if (chance < 0.06) return { status: 'DRAFT', daysAfter: null };
  if (chance < 0.1) return { status: 'RETURNED', daysAfter: -random.int(0, 3) };
  const status = period < '2022-01' ? 'LOCKED' : random.pick(['ACCEPTED', 'ACCEPTED', 'SUBMITTED'] as const);
  return { status, daysAfter: chance < 0.22 ? random.int(1, 12) : -random.int(0, 4) };
}
