import { fail } from '../../core/errors.ts';
import type { AccumulatorOperator, AccumulatorTable } from './accumulator.ts';
import { numberAccumulators } from './numbers.ts';
import { percentileAccumulators } from './percentile.ts';
import { severalAccumulators } from './several.ts';
import { topAccumulators } from './top.ts';
import { valueAccumulators } from './values.ts';

const noJavaScript: AccumulatorOperator = (_spec, _compiler, name) =>
  fail(238, 'NotImplemented', `${name} is not supported: this server runs no JavaScript`);

/** All accumulators of $group, $bucket and $bucketAuto, by name. */
export const accumulators: AccumulatorTable = {
  ...numberAccumulators,
  ...valueAccumulators,
  ...severalAccumulators,
  ...topAccumulators,
  ...percentileAccumulators,
};

/** Accumulators MongoDB has and this server refuses. */
export const refusedAccumulators: AccumulatorTable = { $accumulator: noJavaScript };
