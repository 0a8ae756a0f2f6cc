import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from '../expressions/arguments.ts';
import type { Compiler } from '../expressions/expression.ts';
import type { Accumulation } from './accumulator.ts';
import { accumulators, refusedAccumulators } from './accumulators.ts';

/** One output field of a $group. */
export interface Statement extends Accumulation {
  readonly field: string;
  readonly operator: string;
}

/**
 * Parses `field: {$accumulator: operand}`.
 * @throws 40234 to 40238 and 15952 as MongoDB does.
 */
export function parseStatement(field: string, spec: Value, compiler: Compiler): Statement {
  if (field.includes('.')) refuse(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$')) refuse(40236, `The field name '${field}' cannot be an operator name`);
  if (!(spec instanceof Document) || spec.size === 0) {
    refuse(40234, `The field '${field}' must be an accumulator object`);
  }
  if (spec.size > 1) refuse(40238, `The field '${field}' must specify one accumulator`);
  const operator = spec.keys()[0] as string;
  if (!operator.startsWith('$')) refuse(40234, `The field '${field}' must be an accumulator object`);
  const table = Object.hasOwn(accumulators, operator) ? accumulators : refusedAccumulators;
  const parse = Object.hasOwn(table, operator) ? table[operator] : undefined;
  if (parse === undefined) refuse(15952, `unknown group operator '${operator}'`);
  const operand = spec.get(operator) as Value;
  if (Array.isArray(operand)) refuse(40237, `The ${operator} accumulator is a unary operator`);
  return { field, operator, ...parse(operand, compiler, operator) };
}
