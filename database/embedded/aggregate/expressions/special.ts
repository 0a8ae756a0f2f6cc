import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from './arguments.ts';
import type { Operator, OperatorTable } from './expression.ts';

const literal: Operator = (spec) => ({ args: [], evaluate: () => spec });

const isEmpty = (spec: Value): boolean =>
  (spec instanceof Document && spec.size === 0) || (Array.isArray(spec) && spec.length === 0);

const rand: Operator = (spec, _compiler, name) => {
  if (!isEmpty(spec)) refuse(3040501, `${name} does not currently accept arguments`);
  return { args: [], evaluate: () => Math.random(), volatile: true };
};

const meta: Operator = (spec) => {
  if (typeof spec !== 'string')
    refuse(17307, `$meta only supports string arguments, found ${nameOfType(spec)}`);
  if (spec === 'textScore') {
    refuse(40218, 'query requires text score metadata, but it is not available');
  }
  return refuse(17308, `Unsupported $meta field: ${spec}`);
};

const notSupported =
  (why: string): Operator =>
  (_spec, _compiler, name) =>
    fail(238, 'NotImplemented', `${name} is not supported: ${why}`);

/** Operators of no family. */
export const specialOperators: OperatorTable = {
  $literal: literal,
  $const: literal,
  $rand: rand,
  $meta: meta,
};

/** Operators MongoDB has and this server refuses. */
export const refusedOperators: OperatorTable = {
  $function: notSupported('this server runs no JavaScript'),
  $toHashedIndexKey: notSupported('this server has no hashed indexes'),
};
