import { type Format, useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import type { Metric } from './filters.ts';
import { supportMessages } from './messages.ts';

/** Gives how a number of a measure is written in full. */
export const writeWith = (format: Format, metric: Metric): ((value: number) => string) =>
  metric === 'AMOUNT' ? format.money : format.number;

/** Gives how a number of a measure is written on a tile: amounts in millions. */
export const writeShortWith = (format: Format, metric: Metric): ((value: number) => string) =>
  metric === 'AMOUNT' ? format.millions : format.number;

/** Gives how a period of the choices is called; another one by its code. */
export function usePeriodName(): (period: string) => string {
  const m = useMessages(supportMessages);
  const format = useFormat();
  return (period) => {
    const [year = '', part = ''] = period.split('-');
    if (/^Q\d$/u.test(part)) return m.quarter(part.slice(1), year);
    return /^\d{2}$/u.test(part) ? format.month(period) : period;
  };
}
