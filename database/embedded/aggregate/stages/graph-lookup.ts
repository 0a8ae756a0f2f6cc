import { hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isNumber } from '../../core/numbers.ts';
import type { Value } from '../../core/values.ts';
import { sizeOf } from '../accumulators/size.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Expression } from '../expressions/expression.ts';
import { splitPath } from '../expressions/field-path.ts';
import { asLong } from '../expressions/integers.ts';
import { Memory } from '../memory.ts';
import { visitValues } from './path-values.ts';
import { perDocument, type StageContext, type StageParser, type StageTable } from './stage.ts';
import { withNested } from './unwind.ts';

interface GraphSpec {
  readonly from: string;
  readonly as: readonly string[];
  readonly startWith: Expression;
  readonly connectFrom: readonly string[];
  readonly connectTo: string;
  readonly depthField: readonly string[] | undefined;
  readonly maxDepth: number;
  readonly filter: Document | undefined;
}

const PATHS = new Set(['as', 'connectFromField', 'connectToField', 'depthField']);

function depthOf(value: Value): number {
  if (!isNumber(value))
    refuse(40100, `maxDepth requires a numeric argument, found type: ${nameOfType(value)}`);
  const depth = asLong(value);
  if (depth === undefined) refuse(40102, 'maxDepth could not be represented as a long long');
  if (depth < 0n) refuse(40101, `maxDepth requires a nonnegative argument, found: ${depth}`);
  return Number(depth);
}

function checkFrom(value: Value): void {
  if (typeof value !== 'string') {
    fail(9, 'FailedToParse', `$graphLookup 'from' field must be a string, but found ${nameOfType(value)}`);
  }
  if (value === '') fail(73, 'InvalidNamespace', "Invalid namespace specified for $graphLookup: ''");
}

function checkOption(name: string, value: Value): void {
  if (name === 'startWith') return;
  if (name === 'maxDepth') {
    depthOf(value);
  } else if (name === 'restrictSearchWithMatch') {
    if (!(value instanceof Document)) {
      refuse(40185, `restrictSearchWithMatch must be an object, found ${nameOfType(value)}`);
    }
  } else if (name === 'from') checkFrom(value);
  else if (PATHS.has(name)) {
    if (typeof value !== 'string') {
      refuse(40103, `expected string as argument for ${name}, found: ${nameOfType(value)}`);
    }
    splitPath(value);
  } else refuse(40104, `Unknown argument to $graphLookup: ${name}`);
}

function parseGraph(spec: Value, context: StageContext): GraphSpec {
  if (!(spec instanceof Document)) {
    fail(
      9,
      'FailedToParse',
      `the $graphLookup stage specification must be an object, but found ${nameOfType(spec)}`,
    );
  }
  for (const [name, value] of spec.entries()) checkOption(name, value);
  if (!spec.has('from')) {
    fail(9, 'FailedToParse', "missing 'from' option to $graphLookup stage specification");
  }
  const required = ['as', 'startWith', 'connectFromField', 'connectToField'];
  if (required.some((name) => !spec.has(name))) {
    refuse(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  }
  const text = (name: string): string => spec.get(name) as string;
  const filter = spec.get('restrictSearchWithMatch') as Document | undefined;
  if (filter !== undefined) context.compile([Document.of([['$match', filter]])], '$lookup');
  return {
    from: text('from'),
    as: splitPath(text('as')),
    startWith: newCompiler(context.env).compile(spec.get('startWith') as Value),
    connectFrom: splitPath(text('connectFromField')),
    connectTo: text('connectToField'),
    depthField: spec.has('depthField') ? splitPath(text('depthField')) : undefined,
    maxDepth: spec.has('maxDepth') ? depthOf(spec.get('maxDepth') as Value) : Infinity,
    filter,
  };
}

/** All documents that can be reached, breadth first, each once. */
function reach(start: readonly Value[], so: GraphSpec, { env }: StageContext): Document[] {
  const stages = so.filter === undefined ? [] : [Document.of([['$match', so.filter]])];
  const variables = env.variables ?? new Map();
  const memory = new Memory('$graphLookup', env, false);
  const found = new Map<string, Document>();
  const asked = new Set<string>();
  let frontier: readonly Value[] = fresh(start, asked, env.collation);
  for (let depth = 0; frontier.length > 0 && depth <= so.maxDepth; depth++) {
    const next: Value[] = [];
    for (const doc of env.data.lookupEqual(so.from, so.connectTo, frontier, stages, variables)) {
      const key = hashKey(doc.get('_id'));
      if (found.has(key)) continue;
      memory.add(sizeOf(doc));
      found.set(key, so.depthField === undefined ? doc : withNested(doc, so.depthField, BigInt(depth)));
      visitValues(doc, so.connectFrom, (value) => next.push(value));
    }
    frontier = fresh(next, asked, env.collation);
  }
  return [...found.values()];
}

/** The values not asked for before. */
function fresh(
  values: readonly Value[],
  asked: Set<string>,
  collation: Parameters<typeof hashKey>[1],
): Value[] {
  return values.filter((value) => {
    const key = hashKey(value, collation);
    if (asked.has(key)) return false;
    asked.add(key);
    return true;
  });
}

const graphLookup: StageParser = (spec, context) => {
  const so = parseGraph(spec, context);
  return perDocument((doc) => {
    const start = so.startWith.evaluate(doc) ?? null;
    const values = Array.isArray(start) ? start : [start];
    return withNested(doc, so.as, reach(values, so, context));
  });
};

/** Recursive joins. */
export const graphLookupStages: StageTable = { $graphLookup: graphLookup };
