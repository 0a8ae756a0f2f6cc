import type { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { DateTime, type Value } from '../../core/values.ts';
import { addUnits, truncate, type Unit, unitOf, unitsBetween, weekdayOf } from '../dates/units.ts';
import { compileNamed, nameOfType, refuse } from './arguments.ts';
import { instantIn, zoneFrom } from './date.ts';
import { dateMessages } from './date-text.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';
import { asLong, LONG_MIN } from './integers.ts';

const SUNDAY = 7;

/** The time unit an operand names; null for null. */
export function unitFrom(value: Value | undefined, name: string): Unit | null {
  if (isNullish(value)) return null;
  if (typeof value !== 'string') {
    refuse(5439013, `${name} requires 'unit' to be a string, but got ${nameOfType(value)}`);
  }
  return (
    unitOf(value) ??
    fail(
      9,
      'FailedToParse',
      `${name} parameter 'unit' value parsing failed :: caused by :: unknown time unit value: ${value}`,
    )
  );
}

/** The first day of the week, which only weeks ask for; null for null. */
function weekStart(start: Expression | undefined, unit: Unit, root: Document, name: string): number | null {
  if (unit !== 'week' || start === undefined) return SUNDAY;
  const value = start.evaluate(root);
  if (isNullish(value)) return null;
  if (typeof value !== 'string') {
    refuse(5439015, `${name} requires 'startOfWeek' to be a string, but got ${nameOfType(value)}`);
  }
  return (
    weekdayOf(value) ??
    refuse(5439016, `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${value}`)
  );
}

function dateOrFail(value: Value | undefined, name: string, parameter: string, code: number): number {
  return (
    instantIn(value) ??
    refuse(code, `${name} requires '${parameter}' to be a date, but got ${nameOfType(value)}`)
  );
}

const adding =
  (sign: 1 | -1): Operator =>
  (spec, compiler, name) => {
    const { named, args } = compileNamed(spec, compiler, name, {
      required: ['startDate', 'unit', 'amount'],
      optional: ['timezone'],
      codes: [5166400, 5166401, 5166402],
      messages: {
        ...dateMessages,
        object: (op) => `${op} expects an object as its argument`,
        unknown: (op, key) =>
          `Unrecognized argument to ${op}: ${key}. Expected arguments are startDate, unit, amount, and optionally timezone.`,
        missing: (op) => `${op} requires startDate, unit, and amount to be present`,
      },
    });
    const { startDate, unit, amount } = named as Record<string, Expression>;
    return {
      args,
      evaluate: (root) => {
        const date = startDate?.evaluate(root);
        const size = isNullish(date) ? null : unitFrom(unit?.evaluate(root), name);
        const by = size === null ? null : amount?.evaluate(root);
        if (size === null || isNullish(by)) return null;
        const zone = zoneFrom(named.timezone, root);
        if (zone === null) return null;
        const from = instantIn(date);
        if (from === undefined) refuse(5166403, `${name} requires startDate to be convertible to a date`);
        const count = asLong(by);
        if (count === undefined) refuse(5166405, `${name} expects integer amount of time units`);
        if (sign < 0 && count === LONG_MIN) {
          refuse(6045000, `invalid $dateSubtract 'amount' parameter value: ${count}`);
        }
        return new DateTime(addUnits(from, size, sign * Number(count), zone));
      },
    };
  };

const diffMissing: Readonly<Record<string, number>> = { startDate: 5166303, endDate: 5166304, unit: 5166305 };

const dateDiff: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['startDate', 'endDate', 'unit'],
    optional: ['timezone', 'startOfWeek'],
    codes: [5166301, 5166302, 5166303],
    messages: {
      ...dateMessages,
      missing: (op, key) => refuse(diffMissing[key] ?? 5166303, `Missing '${key}' parameter to ${op}`),
    },
  });
  const { startDate, endDate, unit } = named as Record<string, Expression>;
  return {
    args,
    evaluate: (root) => {
      const start = startDate?.evaluate(root);
      const end = isNullish(start) ? null : endDate?.evaluate(root);
      const size = isNullish(end) ? null : unitFrom(unit?.evaluate(root), name);
      if (size === null) return null;
      const first = weekStart(named.startOfWeek, size, root, name);
      const zone = first === null ? null : zoneFrom(named.timezone, root);
      if (zone === null || first === null) return null;
      const from = dateOrFail(start, name, 'startDate', 5166307);
      const to = dateOrFail(end, name, 'endDate', 5166307);
      return BigInt(unitsBetween(from, to, size, zone, first));
    },
  };
};

/** The bin size; null for null. */
function binSize(size: Expression | undefined, root: Document): number | null {
  if (size === undefined) return 1;
  const value = size.evaluate(root);
  if (isNullish(value)) return null;
  const whole = asLong(value);
  if (whole === undefined) {
    refuse(
      5439017,
      `$dateTrunc requires 'binSize' to be a 64-bit integer, but got value of type ${nameOfType(value)}`,
    );
  }
  if (whole <= 0n) {
    refuse(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${whole}`);
  }
  return Number(whole);
}

const dateTrunc: Operator = (spec, compiler, name) => {
  const { named, args } = compileNamed(spec, compiler, name, {
    required: ['date', 'unit'],
    optional: ['binSize', 'timezone', 'startOfWeek'],
    codes: [5439007, 5439008, 5439009],
    messages: {
      ...dateMessages,
      missing: (op, key) => refuse(key === 'unit' ? 5439010 : 5439009, `Missing '${key}' parameter to ${op}`),
    },
  });
  const { date, unit } = named as Record<string, Expression>;
  return {
    args,
    evaluate: (root) => {
      const value = date?.evaluate(root);
      const bin = isNullish(value) ? null : binSize(named.binSize, root);
      const size = bin === null ? null : unitFrom(unit?.evaluate(root), name);
      if (bin === null || size === null) return null;
      const first = weekStart(named.startOfWeek, size, root, name);
      const zone = first === null ? null : zoneFrom(named.timezone, root);
      if (zone === null || first === null) return null;
      return new DateTime(truncate(dateOrFail(value, name, 'date', 5439012), size, bin, zone, first));
    },
  };
};

/** Arithmetic with dates and units. */
export const dateMathOperators: OperatorTable = {
  $dateAdd: adding(1),
  $dateSubtract: adding(-1),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
