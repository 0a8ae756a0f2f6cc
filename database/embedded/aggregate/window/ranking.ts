import { compareValues } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { isNullish } from '../expressions/expression.ts';
import { asInt } from '../expressions/integers.ts';
import { unparsable } from './bounds.ts';
import type { WindowParser, WindowSpec, WindowTable } from './function.ts';

function checkRank({ operand, window, sort, name }: WindowSpec, exactlyOne: boolean): void {
  if (!(operand instanceof Document) || operand.size > 0) {
    refuse(5371603, `${name} must be specified with '{}' as the value`);
  }
  if (window !== undefined) refuse(5371601, 'Rank style window functions take no other arguments');
  if (sort === undefined || (exactlyOne && sort.length !== 1)) {
    refuse(5371602, `${name} must be specified with a top level sortBy expression with exactly one element`);
  }
}

/** Ranks: `next` gives the rank of a document that differs from the one before, from that rank and its index. */
const ranking =
  (next: (rank: number, index: number) => number): WindowParser =>
  (spec) => {
    checkRank(spec, true);
    const { collation } = spec.compiler.env;
    const same = (a: Value | undefined, b: Value | undefined): boolean =>
      (isNullish(a) && isNullish(b)) || compareValues(a, b, collation) === 0;
    return ({ keys }) => {
      let rank = 0;
      return keys.map((key, i) => {
        if (i === 0 || !same(key, keys[i - 1])) rank = next(rank, i);
        return BigInt(rank);
      });
    };
  };

const documentNumber: WindowParser = (spec) => {
  checkRank(spec, false);
  return ({ docs }) => docs.map((_, i) => BigInt(i + 1));
};

const SHIFT = ['output', 'by', 'default'];

const shift: WindowParser = ({ operand, window, sort, compiler }) => {
  if (window !== undefined) unparsable("$shift does not accept a 'window' field");
  if (sort === undefined) unparsable('$shift requires an explicit sortBy');
  if (!(operand instanceof Document)) {
    unparsable(`Argument to $shift must be an object, but found ${nameOfType(operand)}`);
  }
  for (const key of operand.keys()) {
    if (!SHIFT.includes(key)) unparsable(`Unknown argument in $shift: ${key}`);
  }
  const output = operand.get('output');
  if (output === undefined) unparsable('$shift requires an output expression.');
  const expression = compiler.compile(output);
  const by = asInt(operand.get('by'));
  if (by === undefined) unparsable("$shift requires 'by' as an integer value.");
  const { form } = compiler.compile(operand.get('default') ?? null);
  if (form.kind !== 'constant') unparsable("'$shift:default' expression must yield a constant value.");
  return ({ docs }) =>
    docs.map((_, i) => {
      const from = docs[i + by];
      return from === undefined ? (form.value ?? null) : (expression.evaluate(from) ?? null);
    });
};

/** Functions of the place in the order. */
export const rankingFunctions: WindowTable = {
  $rank: ranking((_rank, index) => index + 1),
  $denseRank: ranking((rank) => rank + 1),
  $documentNumber: documentNumber,
  $shift: shift,
};
