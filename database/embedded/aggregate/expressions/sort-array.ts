import { compareValues } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { isNumber, toDouble } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import { orderOf } from '../order.ts';
import { namedArguments, nameOfType, refuse } from './arguments.ts';
import { type Compiler, isNullish, type Operator, type OperatorTable } from './expression.ts';

type Compare = (a: Value, b: Value) => number;

const nothing = Document.of();
const asDocument = (item: Value): Document => (item instanceof Document ? item : nothing);

/** `sortBy`: 1 or -1 for the items as they are, or a sort of their fields. */
function comparing(sortBy: Value | undefined, { env }: Compiler): Compare {
  if (sortBy instanceof Document) {
    if (sortBy.size === 0) refuse(2942504, 'The sortBy field must not be an empty object');
    const compare = orderOf(sortBy, env.collation);
    return (a, b) => compare(asDocument(a), asDocument(b));
  }
  const direction = isNumber(sortBy) ? toDouble(sortBy) : 0;
  if (direction !== 1 && direction !== -1) {
    refuse(2942507, 'Invalid sort direction: the sortBy value must be 1, -1 or an object');
  }
  return (a, b) => direction * compareValues(a, b, env.collation);
}

const sortArray: Operator = (spec, compiler, name) => {
  const raw = namedArguments(spec, name, {
    required: ['input', 'sortBy'],
    codes: [2942500, 2942501, 2942502],
    messages: {
      object: (op, type) => `${op} requires an object as an argument, found: ${type}`,
      unknown: (op, key) => `${op} found an unknown argument: ${key}`,
      missing: (op, key) =>
        key === 'input'
          ? `${op} requires '${key}' to be specified`
          : refuse(2942503, `${op} requires 'sortBy' to be specified`),
    },
  });
  const input = compiler.compile(raw.get('input') as Value);
  const compare = comparing(raw.get('sortBy'), compiler);
  return {
    args: [input],
    evaluate: (root) => {
      const list = input.evaluate(root);
      if (isNullish(list)) return null;
      if (!Array.isArray(list)) {
        refuse(
          2942504,
          `The input argument to $sortArray must be an array, but was of type: ${nameOfType(list)}`,
        );
      }
      return list.toSorted(compare);
    },
  };
};

/** Sorted arrays. */
export const sortArrayOperators: OperatorTable = { $sortArray: sortArray };
