import { compareValues } from '../../core/compare.ts';
import { int32, type Value } from '../../core/values.ts';
import { operator } from './arguments.ts';
import type { Expression, Operator, OperatorTable } from './expression.ts';

/** An operator on the order of two values of whatever types; a missing value comes before null. */
function comparing(answer: (order: number) => Value): Operator {
  return operator(2, 2, (args, compiler) => {
    const [first, second] = args as [Expression, Expression];
    const { collation } = compiler.env;
    return (root) => answer(compareValues(first.evaluate(root), second.evaluate(root), collation));
  });
}

/** Comparisons in MongoDB's total order of values. */
export const comparisonOperators: OperatorTable = {
  $cmp: comparing((order) => int32(Math.sign(order))),
  $eq: comparing((order) => order === 0),
  $ne: comparing((order) => order !== 0),
  $gt: comparing((order) => order > 0),
  $gte: comparing((order) => order >= 0),
  $lt: comparing((order) => order < 0),
  $lte: comparing((order) => order <= 0),
};
