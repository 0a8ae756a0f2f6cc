import { Document } from '../../core/document.ts';
import { DateTime, int32, ObjectId, Timestamp, type Value } from '../../core/values.ts';
import {
  dateOfDay,
  dayOfWeek,
  dayOfYear,
  isoDayOfWeek,
  isoWeekOf,
  MS,
  weekOfYear,
} from '../dates/calendar.ts';
import { UTC, type Zone, zoneOf } from '../dates/zone.ts';
import { compileNamed, nameOfType, operandsOf, refuse, unary } from './arguments.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';

/** The instant of anything that carries one: a date, a timestamp, an ObjectId; else undefined. */
export function instantIn(value: Value | undefined): number | undefined {
  if (value instanceof DateTime) return value.ms;
  if (value instanceof Timestamp) return value.t * 1000;
  return value instanceof ObjectId ? value.source.readUInt32BE(value.offset) * 1000 : undefined;
}

/** The instant of a value; 16006 when it has none. */
export function instantOrFail(value: Value | undefined): number {
  return instantIn(value) ?? refuse(16006, `can't convert from BSON type ${nameOfType(value)} to Date`);
}

/** The zone an operand names: UTC without an operand, null for null. */
export function zoneFrom(
  timezone: Expression | undefined,
  root: Document,
  refuseType: (type: string) => never = refuseZone,
): Zone | null {
  if (timezone === undefined) return UTC;
  const id = timezone.evaluate(root);
  if (isNullish(id)) return null;
  return typeof id === 'string' ? zoneOf(id) : refuseType(nameOfType(id));
}

function refuseZone(type: string): never {
  return refuse(40517, `timezone must evaluate to a string, found ${type}`);
}

interface DateOperand {
  readonly date: Expression;
  readonly timezone: Expression | undefined;
  readonly args: readonly Expression[];
}

/** `<date>`, `[<date>]` or `{date, timezone}`. */
function dateOperand(spec: Value, compiler: Parameters<Operator>[1], name: string): DateOperand {
  if (spec instanceof Document && spec.keys()[0]?.startsWith('$') !== true) {
    const { named, args } = compileNamed(spec, compiler, name, {
      required: ['date'],
      optional: ['timezone'],
      codes: [40535, 40535, 40539],
      messages: {
        unknown: (op, key) => `unrecognized option to ${op}: "${key}"`,
        missing: (op) => `missing 'date' argument to ${op}, provided: {${spec.keys().join(', ')}}`,
      },
    });
    return { date: named.date as Expression, timezone: named.timezone, args };
  }
  const args = operandsOf(spec, compiler);
  const [date] = args;
  if (args.length !== 1 || date === undefined) {
    refuse(40536, `${name} accepts exactly one argument if given an array, but was given ${args.length}`);
  }
  return { date, timezone: undefined, args };
}

/** An operator that reads one part of the wall clock; `local` is milliseconds on it. */
const part =
  (read: (local: number) => Value): Operator =>
  (spec, compiler, name) => {
    const { date, timezone, args } = dateOperand(spec, compiler, name);
    return {
      args,
      evaluate: (root) => {
        const value = date.evaluate(root);
        if (isNullish(value)) return null;
        const utc = instantOrFail(value);
        const zone = zoneFrom(timezone, root, (type) =>
          refuse(40533, `${name} requires a string for the timezone argument, but was given a ${type}`),
        );
        return zone === null ? null : read(utc + zone.offsetAt(utc));
      },
    };
  };

const ofDay = (read: (day: number) => number): Operator =>
  part((local) => int32(read(Math.floor(local / MS.day))));
const ofClock = (unit: number, count: number): Operator =>
  part((local) => int32(((Math.floor(local / unit) % count) + count) % count));

const ofTimestamp = (code: number, read: (value: Timestamp) => number): Operator =>
  unary((value, name) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Timestamp)) {
      refuse(code, ` Argument to ${name} must be a timestamp, but is ${nameOfType(value)}`);
    }
    return BigInt(read(value));
  });

/** Parts of dates and timestamps. */
export const datePartOperators: OperatorTable = {
  $year: ofDay((day) => dateOfDay(day).year),
  $month: ofDay((day) => dateOfDay(day).month),
  $dayOfMonth: ofDay((day) => dateOfDay(day).day),
  $dayOfYear: ofDay(dayOfYear),
  $dayOfWeek: ofDay(dayOfWeek),
  $week: ofDay(weekOfYear),
  $isoDayOfWeek: ofDay(isoDayOfWeek),
  $isoWeek: ofDay((day) => isoWeekOf(day).week),
  $isoWeekYear: part((local) => BigInt(isoWeekOf(Math.floor(local / MS.day)).year)),
  $hour: ofClock(MS.hour, 24),
  $minute: ofClock(MS.minute, 60),
  $second: ofClock(MS.second, 60),
  $millisecond: ofClock(1, 1000),
  $tsSecond: ofTimestamp(5687301, (value) => value.t),
  $tsIncrement: ofTimestamp(5687302, (value) => value.i),
};
