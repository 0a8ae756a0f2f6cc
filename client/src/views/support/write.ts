import type { Format } from '../../language/format.ts';
import type { Metric } from './filters.ts';

/** Gives how a number of a measure is written in full. */
export const writeWith = (format: Format, metric: Metric): ((value: number) => string) =>
  metric === 'AMOUNT' ? format.money : format.number;

/** Gives how a number of a measure is written on a tile: amounts in millions. */
export const writeShortWith = (format: Format, metric: Metric): ((value: number) => string) =>
  metric === 'AMOUNT' ? format.millions : format.number;
