import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { isNumber, toDouble } from '../numbers.ts';
import type { Value } from '../values.ts';
import { RegExpValue, Undefined } from '../values.ts';
import { parseLong } from './integers.ts';
import type { OperatorContext } from './operators.ts';
import { isOperatorDocument, queryOperators, refusedOperators, regexPredicate } from './operators.ts';
import type { Predicate } from './tree.ts';

/**
 * Where a query stands: on a whole document, also as a validator, which searches no text; inside $elemMatch; or
 * (`plain`) on the items of an array as $pull and arrayFilters have it, where operators on whole documents are
 * refused, also in an $elemMatch there (`plainNested`).
 */
export type Level = 'top' | 'validator' | 'nested' | 'plain' | 'plainNested';

const isNested = (level: Level): boolean => level === 'nested' || level === 'plainNested';
const below = (level: Level): Level =>
  level === 'plain' || level === 'plainNested' ? 'plainNested' : 'nested';

type LogicalParser = (operand: Value, operator: string, level: Level) => Predicate | undefined;

const bad = (message: string): never => fail(2, 'BadValue', message);

const combined = (kind: 'and' | 'or', children: readonly Predicate[]): Predicate =>
  children.length === 1 ? (children[0] as Predicate) : { kind, children };

const joined = (children: readonly Predicate[]): Predicate => combined('and', children);

function tree(kind: 'and' | 'or' | 'nor'): LogicalParser {
  return (operand, operator, level) => {
    if (!Array.isArray(operand)) return bad(`${operator} must be an array`);
    if (operand.length === 0) return bad('$and/$or/$nor must be a nonempty array');
    const children = operand.map((entry) =>
      entry instanceof Document
        ? parseQuery(entry, level)
        : bad('$or/$and/$nor entries need to be full objects'),
    );
    // An alternative to nothing is a condition like any other: the planner need not look at it twice.
    return kind === 'nor' ? { kind, children } : combined(kind, children);
  };
}

function always(result: boolean): LogicalParser {
  return (operand, operator) => {
    const parsed = parseLong(operator, operand);
    if ('problem' in parsed) return fail(9, 'FailedToParse', parsed.problem);
    if (parsed.value !== 1n) fail(9, 'FailedToParse', `${operator} must be an integer value of 1`);
    return { kind: 'always', result };
  };
}

function refuseInPlain(operator: string, level: Level): void {
  if (level === 'plain' || level === 'plainNested')
    fail(224, 'QueryFeatureNotAllowed', `${operator} is not allowed in this context`);
}

function expr(spec: Value, operator: string, level: Level): Predicate {
  if (isNested(level)) bad('$expr can only be applied to the top-level document');
  refuseInPlain(operator, level);
  return { kind: 'expr', spec };
}

function jsonSchema(schema: Value, operator: string, level: Level): Predicate {
  refuseInPlain(operator, level);
  if (!(schema instanceof Document)) return fail(14, 'TypeMismatch', '$jsonSchema must be an object');
  return { kind: 'schema', schema };
}

function sampleRate(rate: Value): Predicate {
  if (!isNumber(rate)) return bad('argument to $sampleRate must be a numeric type');
  const number = toDouble(rate);
  if (!(number >= 0 && number <= 1)) bad('numeric argument to $sampleRate must be in [0, 1]');
  return { kind: 'sampleRate', rate: number };
}

function where(_: Value, __: string, level: Level): never {
  return bad(
    isNested(level) ? '$elemMatch cannot contain $where expression' : '$where is not allowed in this context',
  );
}

function text(_: Value, __: string, level: Level): never {
  if (isNested(level)) return bad('$text can only be applied to the top-level document');
  if (level !== 'top') return bad('$text is not allowed in this context');
  return fail(27, 'IndexNotFound', 'text index required for $text query');
}

const dbRefPart: LogicalParser = (value, operator) => ({ kind: 'eq', path: operator, value });

/** The operators that stand in a field's place, by name. */
export const logicalOperators: Readonly<Record<string, LogicalParser>> = {
  $and: tree('and'),
  $or: tree('or'),
  $nor: tree('nor'),
  $expr: expr,
  $jsonSchema: jsonSchema,
  $comment: () => undefined,
  $alwaysTrue: always(true),
  $alwaysFalse: always(false),
  $sampleRate: sampleRate,
  $where: where,
  $text: text,
  $ref: dbRefPart,
  $id: dbRefPart,
  $db: dbRefPart,
};

function unknownTopLevel(operator: string): never {
  const hint =
    operator === '$not'
      ? 'If you are trying to negate an entire expression, use $nor.'
      : "If you have a field name that starts with a '$' symbol, consider using $getField or $setField.";
  return bad(`unknown top level operator: ${operator}. ${hint}`);
}

function conditions(path: string, operators: Document, level: Level): Predicate[] {
  const found: Predicate[] = [];
  for (const [operator, operand] of operators.entries()) {
    const table = Object.hasOwn(queryOperators, operator) ? queryOperators : refusedOperators;
    const parse = Object.hasOwn(table, operator) ? table[operator] : undefined;
    if (parse === undefined) return bad(`unknown operator: ${operator}`);
    const context: OperatorContext = {
      path,
      siblings: operators,
      operator,
      ...parsing(level),
    };
    const predicate = parse(operand, context);
    if (predicate !== undefined) found.push(predicate);
  }
  return found;
}

function parsing(level: Level): Pick<OperatorContext, 'conditions' | 'query' | 'isLogical'> {
  return {
    conditions: (path, operators, nested) => conditions(path, operators, nested ? below(level) : level),
    query: (filter) => parseQuery(filter, below(level)),
    isLogical: (operator) => Object.hasOwn(logicalOperators, operator),
  };
}

function fieldConditions(path: string, value: Value, level: Level): Predicate[] {
  if (isOperatorDocument(value)) return conditions(path, value, level);
  if (value instanceof RegExpValue) return [regexPredicate(path, value.pattern, value.flags)];
  if (value instanceof Undefined) bad('cannot compare to undefined');
  return [{ kind: 'eq', path, value }];
}

/**
 * The tree of a query document.
 * @throws 2 BadValue for unknown operators and malformed operands, and the further codes of the operators.
 */
export function parseQuery(filter: Document, level: Level = 'top'): Predicate {
  const children: Predicate[] = [];
  for (const [name, value] of filter.entries()) {
    if (!name.startsWith('$')) {
      children.push(...fieldConditions(name, value, level));
      continue;
    }
    const parse = Object.hasOwn(logicalOperators, name) ? logicalOperators[name] : undefined;
    if (parse === undefined) return unknownTopLevel(name);
    const predicate = parse(value, name, level);
    if (predicate !== undefined) children.push(predicate);
  }
  return joined(children);
}
