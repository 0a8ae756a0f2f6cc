import { fail, MongoError } from '../../core/errors.ts';
import { isNumber } from '../../core/numbers.ts';
import { BSON, type Value } from '../../core/values.ts';
import { compileNamed, nameOfType, unary } from './arguments.ts';
import { convertTo, typeNameOf } from './convert.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { asInt } from './integers.ts';

const unparsable = (message: string): never => fail(9, 'FailedToParse', message);

/** The name of the type that `to` asks for, or null. */
function targetOf(value: Value | undefined): string | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') {
    if (value in BSON || value === 'missing') return value;
    return fail(2, 'BadValue', `Unknown type name: ${value}`);
  }
  if (!isNumber(value)) {
    return unparsable(`$convert's 'to' argument must be a string or number, but is ${nameOfType(value)}`);
  }
  const code = asInt(value) ?? unparsable("In $convert, numeric 'to' argument is not an integer");
  return (
    typeNameOf(code) ??
    unparsable(`In $convert, numeric value for 'to' does not correspond to a BSON type: ${code}`)
  );
}

const convert: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['input', 'to'],
    optional: ['onError', 'onNull'],
    codes: [9, 9, 9],
    messages: {
      object: (op, type) => `${op} expects an object of named arguments but found: ${type}`,
      unknown: (op, key) => `${op} found an unknown argument: ${key}`,
      missing: (op, key) => `Missing '${key}' parameter to ${op}`,
    },
  });
  const input = named.input as Expression;
  const to = named.to as Expression;
  const { onError, onNull } = named;
  return {
    args,
    evaluate: (root) => {
      const target = targetOf(to.evaluate(root));
      const value = input.evaluate(root);
      if (isNullish(value)) return onNull === undefined ? null : onNull.evaluate(root);
      if (target === null) return null;
      try {
        return convertTo(value, target);
      } catch (error) {
        if (onError === undefined || !(error instanceof MongoError) || error.code !== 241) throw error;
        return onError.evaluate(root);
      }
    },
  };
};

const shorthand = (target: string): Operator =>
  unary((value) => (isNullish(value) ? null : convertTo(value, target)));

/** Types and conversions. */
export const typeOperators: OperatorTable = {
  $type: unary((value) => nameOfType(value)),
  $isNumber: unary((value) => isNumber(value)),
  $convert: convert,
  $toBool: shorthand('bool'),
  $toDate: shorthand('date'),
  $toDecimal: shorthand('decimal'),
  $toDouble: shorthand('double'),
  $toInt: shorthand('int'),
  $toLong: shorthand('long'),
  $toObjectId: shorthand('objectId'),
  $toString: shorthand('string'),
};
