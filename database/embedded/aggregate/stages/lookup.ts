import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { showElement } from '../../core/show.ts';
import type { Value } from '../../core/values.ts';
import type { Variables } from '../env.ts';
import { nameOfType } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import type { Expression } from '../expressions/expression.ts';
import { splitPath } from '../expressions/field-path.ts';
import { checkBoundName } from '../expressions/variables.ts';
import { joinValues } from './path-values.ts';
import { perDocument, type StageContext, type StageParser, type StageTable } from './stage.ts';
import { withNested } from './unwind.ts';

function wrong(message: string): never {
  fail(9, 'FailedToParse', message);
}

interface LookupSpec {
  from?: string;
  as?: string;
  localField?: string;
  foreignField?: string;
  let?: Document;
  pipeline?: readonly Value[];
}

const TEXTS = ['from', 'as', 'localField', 'foreignField'] as const;

function option(name: string, value: Value, so: LookupSpec): void {
  if (name === 'pipeline') {
    if (!Array.isArray(value)) fail(14, 'TypeMismatch', `'pipeline' option must be specified as an array`);
    so.pipeline = value;
  } else if (name === 'let') {
    if (!(value instanceof Document)) {
      wrong(`$lookup argument '${showElement(name, value)}' must be an object, is type ${nameOfType(value)}`);
    }
    so.let = value;
  } else {
    const key = TEXTS.find((text) => text === name);
    if (key === undefined) wrong(`unknown argument to $lookup: ${name}`);
    if (typeof value !== 'string') {
      wrong(`$lookup argument '${showElement(name, value)}' must be a string, is type ${nameOfType(value)}`);
    }
    so[key] = value;
  }
}

function parseLookup(spec: Value): LookupSpec {
  if (!(spec instanceof Document)) {
    wrong(`the $lookup stage specification must be an object, but found ${nameOfType(spec)}`);
  }
  const so: LookupSpec = {};
  for (const [name, value] of spec.entries()) option(name, value, so);
  if (so.as === undefined) wrong("must specify 'as' field for a $lookup");
  const collectionless =
    so.pipeline !== undefined && so.pipeline[0] instanceof Document && so.pipeline[0].has('$documents');
  if (so.from === undefined && !collectionless) {
    wrong("missing 'from' option to $lookup stage specification");
  }
  if ((so.localField === undefined) !== (so.foreignField === undefined)) {
    wrong("$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  }
  if (so.pipeline === undefined && so.localField === undefined) {
    wrong("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  }
  if (so.let !== undefined && so.pipeline === undefined) {
    wrong("$lookup with a 'let' argument must also specify 'pipeline'");
  }
  return so;
}

interface Bindings {
  readonly names: readonly string[];
  of(doc: Document): Variables;
}

function bindings(spec: Document | undefined, { env }: StageContext): Bindings {
  const compiler = newCompiler(env);
  const bound: (readonly [string, Expression])[] = (spec?.entries() ?? []).map(([name, value]) => {
    checkBoundName(name);
    return [name, compiler.compile(value)];
  });
  const outer = env.variables ?? new Map();
  return {
    names: bound.map(([name]) => name),
    of: (doc) =>
      bound.length === 0
        ? outer
        : new Map([...outer, ...bound.map(([name, value]) => [name, value.evaluate(doc)] as const)]),
  };
}

/** Finds what a document is joined with. */
function joining(so: LookupSpec, context: StageContext): (doc: Document) => Iterable<Document> {
  const { data } = context.env;
  const pipeline = so.pipeline ?? [];
  const variables = bindings(so.let, context);
  const checked = context.compile(
    pipeline,
    '$lookup',
    new Map(variables.names.map((name) => [name, undefined])),
  );
  const { from, localField, foreignField } = so;
  if (from === undefined) {
    if (variables.names.length === 0) return () => checked.run([]);
    return (doc) => context.compile(pipeline, '$lookup', variables.of(doc)).run([]);
  }
  if (localField === undefined || foreignField === undefined) {
    return (doc) => data.aggregate(from, pipeline, variables.of(doc));
  }
  const local = splitPath(localField);
  splitPath(foreignField);
  return (doc) => data.lookupEqual(from, foreignField, joinValues(doc, local), pipeline, variables.of(doc));
}

/** Whether a pipeline may answer differently each time. */
function isRandom(spec: Value): boolean {
  if (Array.isArray(spec)) return spec.some(isRandom);
  if (!(spec instanceof Document)) return false;
  return spec.entries().some(([name, value]) => RANDOM.has(name) || isRandom(value));
}

const RANDOM = new Set(['$sample', '$rand', '$sampleRate']);

const lookup: StageParser = (spec, context) => {
  const so = parseLookup(spec);
  const as = splitPath(so.as as string);
  const find = joining(so, context);
  const constant = so.localField === undefined && so.let === undefined && !(so.pipeline ?? []).some(isRandom);
  return {
    *run(source) {
      let found: Value[] | undefined;
      const joined = perDocument((doc) => {
        if (found === undefined || !constant) found = [...find(doc)];
        return withNested(doc, as, found);
      });
      yield* joined.run(source);
    },
  };
};

/** Joins with another collection. */
export const lookupStages: StageTable = { $lookup: lookup };
