import { MongoError } from '../../core/errors.ts';
import { DateTime, type Value } from '../../core/values.ts';
import { checkPrintFormat, ISO_LOCAL, ISO_UTC, printDate } from '../dates/format.ts';
import { checkReadFormat, parseWithFormat } from '../dates/parse-format.ts';
import { parseFree } from '../dates/parse-free.ts';
import { instantOf } from '../dates/parsed.ts';
import { compileNamed, type NamedArguments, nameOfType, refuse } from './arguments.ts';
import { instantOrFail, zoneFrom } from './date.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { conversionFailure } from './parse-number.ts';

/** The messages that all date operators with named arguments share. */
export const dateMessages: NonNullable<NamedArguments['messages']> = {
  object: (op, type) => `${op} only supports an object as an argument, found: ${type}`,
  unknown: (op, key) => `Unrecognized argument to ${op}: ${key}`,
  missing: (op, key) => `Missing '${key}' parameter to ${op}`,
};

/** A format operand, checked: undefined without one, null for null. */
function formatFrom(
  value: Value | undefined,
  name: string,
  code: number,
  check: (format: string) => void,
): string | null {
  if (isNullish(value)) return null;
  if (typeof value !== 'string') {
    refuse(code, `${name} requires that 'format' be a string, found: ${nameOfType(value)}`);
  }
  check(value);
  return value;
}

const dateToString: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['date'],
    optional: ['format', 'timezone', 'onNull'],
    codes: [18629, 18534, 18628],
    messages: dateMessages,
  });
  const date = named.date as Expression;
  const { format, timezone, onNull } = named;
  return {
    args,
    evaluate: (root) => {
      const value = date.evaluate(root);
      const wanted = format && formatFrom(format.evaluate(root), name, 18533, checkPrintFormat);
      const zone = zoneFrom(timezone, root);
      if (isNullish(value)) return onNull === undefined ? null : onNull.evaluate(root);
      if (zone === null || wanted === null) return null;
      return printDate(instantOrFail(value), wanted ?? (zone.isUtc ? ISO_UTC : ISO_LOCAL), zone);
    },
  };
};

const dateFromString: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['dateString'],
    optional: ['format', 'timezone', 'onNull', 'onError'],
    codes: [40540, 40541, 40542],
    messages: dateMessages,
  });
  const dateString = named.dateString as Expression;
  const { format, timezone, onNull, onError } = named;
  return {
    args,
    evaluate: (root) => {
      const text = dateString.evaluate(root);
      const wanted = format && formatFrom(format.evaluate(root), name, 40684, checkReadFormat);
      const zone = zoneFrom(timezone, root);
      if (isNullish(text)) return onNull === undefined ? null : onNull.evaluate(root);
      try {
        if (typeof text !== 'string') {
          conversionFailure(
            `$dateFromString requires that 'dateString' be a string, found: ${nameOfType(text)}`,
          );
        }
        if (zone === null || wanted === null) return null;
        const parsed = wanted === undefined ? parseFree(text) : parseWithFormat(text, wanted);
        return new DateTime(instantOf(text, parsed, zone));
      } catch (error) {
        if (onError === undefined || !(error instanceof MongoError) || error.code !== 241) throw error;
        return onError.evaluate(root);
      }
    },
  };
};

/** Dates to and from text. */
export const dateTextOperators: OperatorTable = {
  $dateToString: dateToString,
  $dateFromString: dateFromString,
};
