import { compareValues, typePlace } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { int32, type Value } from '../../core/values.ts';
import { parseStatement, type Statement } from '../accumulators/statement.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Compiler, Expression } from '../expressions/expression.ts';
import { groupStage } from './group.ts';
import { sortStage } from './sort.ts';
import type { StageParser, StageTable } from './stage.ts';

/** The options of $bucket and $bucketAuto, raw. */
export function bucketOptions(
  spec: Value,
  name: string,
  allowed: readonly string[],
  codes: readonly [object: number, unknown: number],
): ReadonlyMap<string, Value> {
  if (!(spec instanceof Document)) {
    refuse(codes[0], `Argument to ${name} stage must be an object, but found type: ${nameOfType(spec)}`);
  }
  for (const key of spec.keys()) {
    if (!allowed.includes(key)) refuse(codes[1], `Unrecognized option to ${name}: ${key}.`);
  }
  return new Map(spec.entries());
}

/** `groupBy`: a path or an operator. */
export function groupByOf(spec: Value, compiler: Compiler, name: string, code: number): Expression {
  const isOperator = spec instanceof Document && spec.keys()[0]?.startsWith('$') === true;
  if (!isOperator && !(typeof spec === 'string' && spec.startsWith('$'))) {
    refuse(
      code,
      `The ${name} 'groupBy' field must be defined as a $-prefixed path or an expression, but found another value`,
    );
  }
  return compiler.compile(spec);
}

/** `output`: accumulators, or a count by default. */
export function outputOf(
  spec: Value | undefined,
  compiler: Compiler,
  name: string,
  code: number,
): Statement[] {
  const output = spec ?? Document.of([['count', Document.of([['$sum', int32(1)]])]]);
  if (!(output instanceof Document)) {
    refuse(code, `The ${name} 'output' field must be an object, but found type: ${nameOfType(output)}.`);
  }
  return output.entries().map(([field, value]) => parseStatement(field, value, compiler));
}

function constantOf(spec: Value, compiler: Compiler, code: number, what: string): Value {
  const { form } = compiler.compile(spec);
  if (form.kind === 'constant') return form.value ?? null;
  return refuse(code, `${what}, but found an expression that is not`);
}

function boundariesOf(spec: Value, compiler: Compiler): Value[] {
  if (!Array.isArray(spec)) {
    refuse(40200, `The $bucket 'boundaries' field must be an array, but found type: ${nameOfType(spec)}.`);
  }
  const bounds = spec.map((item) =>
    constantOf(item, compiler, 40191, "The $bucket 'boundaries' field must be an array of constant values"),
  );
  if (bounds.length < 2) {
    refuse(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${bounds.length} value(s).`,
    );
  }
  for (let i = 1; i < bounds.length; i++) {
    if (typePlace(bounds[i]) !== typePlace(bounds[0])) {
      refuse(
        40193,
        `All values in the the 'boundaries' option to $bucket must have the same type. Found conflicting types ${nameOfType(bounds[0])} and ${nameOfType(bounds[i])}.`,
      );
    }
    if (compareValues(bounds[i - 1], bounds[i], compiler.env.collation) >= 0) {
      refuse(
        40194,
        `The 'boundaries' option to $bucket must be sorted, but elements ${i - 1} and ${i} are not in ascending order.`,
      );
    }
  }
  return bounds;
}

function defaultOf(spec: Value, bounds: readonly Value[], compiler: Compiler): Value {
  const value = constantOf(
    spec,
    compiler,
    40195,
    "The $bucket 'default' field must be a constant expression",
  );
  const { collation } = compiler.env;
  if (compareValues(value, bounds[0], collation) >= 0 && compareValues(value, bounds.at(-1), collation) < 0) {
    refuse(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  }
  return value;
}

/** The lower bound of the bucket a value falls into. */
function bucketing(
  groupBy: Expression,
  bounds: readonly Value[],
  otherwise: Value | undefined,
  { env }: Compiler,
): Expression {
  return {
    isConstant: false,
    form: { kind: 'call', operator: '$bucket', args: [groupBy] },
    evaluate(root) {
      const value = groupBy.evaluate(root);
      const above = bounds.findIndex((bound) => compareValues(value, bound, env.collation) < 0);
      if (above > 0) return bounds[above - 1];
      if (otherwise === undefined) {
        refuse(40066, '$switch could not find a matching branch for an input, and no default was specified.');
      }
      return otherwise;
    },
  };
}

const byId = Document.of([['_id', int32(1)]]);

const bucket: StageParser = (spec, { env, name }) => {
  const options = bucketOptions(spec, name, ['groupBy', 'boundaries', 'default', 'output'], [40201, 40197]);
  const compiler = newCompiler(env);
  const groupBySpec = options.get('groupBy');
  const boundarySpec = options.get('boundaries');
  if (groupBySpec === undefined || boundarySpec === undefined) {
    refuse(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  }
  const groupBy = groupByOf(groupBySpec, compiler, name, 40202);
  const bounds = boundariesOf(boundarySpec, compiler);
  const defaultSpec = options.get('default');
  const otherwise = defaultSpec === undefined ? undefined : defaultOf(defaultSpec, bounds, compiler);
  const statements = outputOf(options.get('output'), compiler, name, 40196);
  const grouped = groupStage(bucketing(groupBy, bounds, otherwise, compiler), statements, env);
  const sorted = sortStage(byId, env);
  return { run: (source) => sorted.run(grouped.run(source)) };
};

/** Grouping by given bounds. */
export const bucketStages: StageTable = { $bucket: bucket };
