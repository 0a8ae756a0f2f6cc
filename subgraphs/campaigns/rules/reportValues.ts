import type { IndicatorRecord } from '../model/content.ts';
import type { ReportValueRecord } from '../model/report.ts';

/** A value as it is given in: `indicator` is the address. */
export interface GivenValue {
  readonly indicator: string;
  readonly value: number;
}

/** What is wrong with one value. `indicator` says that nothing of that address is counted in the campaign. */
export interface ValueFault {
  readonly row: number;
  readonly field: 'indicator' | 'value';
  readonly kind: 'unknown' | 'twice' | 'measure';
  readonly vi: string;
  readonly en: string;
}

type Counted = Pick<IndicatorRecord, '_id' | 'address' | 'order' | 'measure'>;

const MOST_COUNTED = 100_000_000;

const measures: Readonly<
  Record<IndicatorRecord['measure'], { fits: (value: number) => boolean; vi: string; en: string }>
> = {
  COUNT: {
    fits: (value) => Number.isInteger(value) && value >= 0 && value <= MOST_COUNTED,
    vi: 'Số đếm là số nguyên từ 0.',
    en: 'A count is a whole number from 0 on.',
  },
  VND: {
    fits: (value) => Number.isSafeInteger(value) && value >= 0,
    vi: 'Số tiền là số nguyên đồng, từ 0.',
    en: 'An amount is a whole number of đồng from 0 on.',
  },
  PERCENT: {
    fits: (value) => value >= -100 && value <= 1_000,
    vi: 'Tỷ lệ phần trăm từ −100 đến 1000.',
    en: 'A percentage lies between −100 and 1,000.',
  },
};

/** Gives what is wrong with the values of a report, row by row: at most one fault for each. */
export function faultsOfValues(given: readonly GivenValue[], indicators: readonly Counted[]): ValueFault[] {
  const byAddress = new Map(indicators.map((indicator) => [indicator.address, indicator]));
  return given.flatMap(({ indicator, value }, row): ValueFault[] => {
    const known = byAddress.get(indicator);
    if (!known) return [{ row, field: 'indicator', kind: 'unknown', vi: indicator, en: indicator }];
    if (given.findIndex((other) => other.indicator === indicator) < row)
      return [{ row, field: 'indicator', kind: 'twice', ...twice }];
    const { fits, vi, en } = measures[known.measure];
    return fits(value) ? [] : [{ row, field: 'value', kind: 'measure', vi, en }];
  });
}

const twice = {
  vi: 'Mỗi chỉ tiêu chỉ có một giá trị trong một báo cáo.',
  en: 'A report has one value for each indicator.',
};

/** Gives the values as they are stored, in the order of the indicators. */
export const valuesOf = (given: readonly GivenValue[], indicators: readonly Counted[]): ReportValueRecord[] =>
  indicators
    .toSorted((a, b) => a.order - b.order)
    .flatMap(({ _id, address }) =>
      given
        .filter(({ indicator }) => indicator === address)
        .map(({ value }) => ({ indicatorId: _id, value })),
    );
