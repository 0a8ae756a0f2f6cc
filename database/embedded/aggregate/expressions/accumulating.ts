import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import type { Accumulator, AccumulatorOperator } from '../accumulators/accumulator.ts';
import { numberAccumulators } from '../accumulators/numbers.ts';
import { percentileArguments } from '../accumulators/percentile.ts';
import { countOf, severalAccumulators, severalArguments } from '../accumulators/several.ts';
import { valueAccumulators } from '../accumulators/values.ts';
import { nameOfType, operandsOf, refuse } from './arguments.ts';
import { isNullish, type Operator, type OperatorTable } from './expression.ts';

const nothing = Document.of();

function accumulate(state: Accumulator, values: readonly (Value | undefined)[]): Value {
  for (const value of values) state.add(value);
  return state.result() ?? null;
}

/** An accumulator as an expression: over its operands, or over the items of its only operand. */
const over =
  (accumulator: AccumulatorOperator): Operator =>
  (spec, compiler, name) => {
    const args = operandsOf(spec, compiler);
    const { create } = accumulator(null, compiler, name);
    const [only] = args;
    return {
      args,
      evaluate: (root) => {
        if (args.length !== 1 || only === undefined) {
          return accumulate(
            create(nothing),
            args.map((arg) => arg.evaluate(root)),
          );
        }
        const value = only.evaluate(root);
        return accumulate(create(nothing), Array.isArray(value) ? value : [value]);
      },
    };
  };

/** $firstN and the like, of an array. */
const severalOf =
  (accumulator: AccumulatorOperator): Operator =>
  (spec, compiler, name) => {
    const { n, input } = severalArguments(spec, compiler, name);
    return {
      args: [n, input],
      evaluate: (root) => {
        const count = countOf(n.evaluate(root));
        const list = input.evaluate(root);
        if (isNullish(list)) return null;
        if (!Array.isArray(list)) refuse(5788200, `Input must be an array, but is ${nameOfType(list)}`);
        const { create } = accumulator(
          Document.of([
            ['n', BigInt(count)],
            ['input', null],
          ]),
          compiler,
          name,
        );
        return accumulate(create(nothing), list);
      },
    };
  };

const percentile: Operator = (spec, compiler, name) => {
  const { input, create } = percentileArguments(spec, compiler, name);
  return {
    args: [input],
    evaluate: (root) => {
      const value = input.evaluate(root);
      return accumulate(create(), Array.isArray(value) ? value : [value]);
    },
  };
};

/** Accumulators as expressions. */
export const accumulatingOperators: OperatorTable = {
  $sum: over(numberAccumulators.$sum),
  $avg: over(numberAccumulators.$avg),
  $stdDevPop: over(numberAccumulators.$stdDevPop),
  $stdDevSamp: over(numberAccumulators.$stdDevSamp),
  $min: over(valueAccumulators.$min),
  $max: over(valueAccumulators.$max),
  $firstN: severalOf(severalAccumulators.$firstN),
  $lastN: severalOf(severalAccumulators.$lastN),
  $minN: severalOf(severalAccumulators.$minN),
  $maxN: severalOf(severalAccumulators.$maxN),
  $median: percentile,
  $percentile: percentile,
};
