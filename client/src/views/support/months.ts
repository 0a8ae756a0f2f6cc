import type { SupportTrendQuery } from '../../graph/operations.generated.ts';
import type { Localized } from '../../language/language.ts';
import { SUPPRESSED } from '../../parts/suppressed.ts';
import type { CellValue } from '../../parts/table/columns.ts';
import type { Metric } from './filters.ts';

export type TrendRollup = NonNullable<SupportTrendQuery['supportRollup']>;

/** One kind of support with its number of each month. */
export interface KindOfMonths {
  readonly code: string;
  readonly label: Localized;
  readonly byMonth: ReadonlyMap<string, CellValue>;
}

/** A trend as it is drawn: its months in order, and its kinds, the one with most first; those without anything left out. */
export interface Months {
  readonly months: readonly string[];
  readonly kinds: readonly KindOfMonths[];
}

/** Gives one measure of a trend by kind and month. */
export function monthsOf(rows: TrendRollup['rows'], metric: Metric): Months {
  const kinds = new Map<string, KindOfMonths & { readonly byMonth: Map<string, CellValue> }>();
  const months = new Set<string>();
  for (const { keys, values } of rows) {
    const month = keys.find(({ dimension }) => dimension === 'MONTH')?.code ?? '';
    const kind = keys.find(({ dimension }) => dimension === 'KIND');
    const found = values.find((value) => value.metric === metric);
    if (!kind || !found) continue;
    const { code, label } = kind;
    const known = kinds.get(code) ?? { code, label: label ?? { vi: code, en: null }, byMonth: new Map() };
    kinds.set(code, known);
    known.byMonth.set(month, found.suppressed ? SUPPRESSED : found.value);
    months.add(month);
  }
  return {
    months: [...months].toSorted(),
    kinds: [...kinds.values()].filter(hasAnything).toSorted((a, b) => knownSum(b) - knownSum(a)),
  };
}

const hasAnything = ({ byMonth }: KindOfMonths): boolean =>
  [...byMonth.values()].some((value) => value !== 0);

const knownSum = ({ byMonth }: KindOfMonths): number =>
  [...byMonth.values()].reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);

/** Gives the number of a month over all kinds, each activity being of one; hidden where a part of it is. */
export function sumOf(kinds: readonly KindOfMonths[], month: string): number | typeof SUPPRESSED {
  const values = kinds.map(({ byMonth }) => byMonth.get(month));
  if (values.includes(SUPPRESSED)) return SUPPRESSED;
  return values.reduce<number>((sum, value) => sum + (typeof value === 'number' ? value : 0), 0);
}
