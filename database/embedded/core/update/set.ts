import { compareValues } from '../compare.ts';
import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { identical } from '../identical.ts';
import { DateTime, Timestamp, typeNames, typeOf, type Value } from '../values.ts';
import type { Action, ActionParser, UpdateEnv } from './env.ts';
import { KEEP, REMOVE } from './env.ts';

export const set: ActionParser = (value) => ({
  update: (old) => (identical(old, value) ? KEEP : value),
  create: () => value,
});

export const setOnInsert: ActionParser = (value, env, path) => ({ ...set(value, env, path), onInsert: true });

export const unset: ActionParser = () => ({ update: () => REMOVE, lenient: true });

function extreme(wins: (order: number) => boolean): ActionParser {
  return (value, env) => ({
    update: (old) => (wins(compareValues(value, old, env.collation)) ? value : KEEP),
    create: () => value,
  });
}

export const min = extreme((order) => order < 0);
export const max = extreme((order) => order > 0);

const bad = (message: string): never => fail(2, 'BadValue', message);

function isTimestamp(spec: Value): boolean {
  if (typeof spec === 'boolean') return false;
  if (!(spec instanceof Document)) {
    return bad(
      `${typeNames[typeOf(spec)]} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}).`,
    );
  }
  const other = spec.keys().find((name) => name !== '$type');
  if (other !== undefined) bad(`Unrecognized $currentDate option: ${other}`);
  const type = spec.get('$type');
  if (type !== 'date' && type !== 'timestamp') {
    bad(
      "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
    );
  }
  return type === 'timestamp';
}

function currentTimestamp(env: UpdateEnv): Timestamp {
  return env.timestamp?.() ?? new Timestamp(Math.floor(env.now.ms / 1000), 1);
}

export const currentDate: ActionParser = (spec, env): Action => {
  const timestamp = isTimestamp(spec);
  const now = (): Value => (timestamp ? currentTimestamp(env) : new DateTime(env.now.ms));
  return { update: now, create: now };
};
