import { compareValues, hashKey } from '../../core/compare.ts';
import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { compileSort, type Sorter } from '../../core/sort.ts';
import type { Value } from '../../core/values.ts';
import { sizeOf } from '../accumulators/size.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { newCompiler } from '../expressions/compile.ts';
import { type Compiler, type Expression, isNullish } from '../expressions/expression.ts';
import { splitPath, valueAt } from '../expressions/field-path.ts';
import { Memory } from '../memory.ts';
import { addFields, type Leaf, Node, place } from '../projection/tree.ts';
import type { Stage, StageParser, StageTable } from '../stages/stage.ts';
import { unparsable } from './bounds.ts';
import type { Partition, WindowFunction } from './function.ts';
import { windowFunctions } from './functions.ts';

interface Output {
  readonly path: readonly string[];
  readonly compute: WindowFunction;
}

function parseOutput(path: string, spec: Value, sorter: Sorter | undefined, compiler: Compiler): Output {
  if (!(spec instanceof Document)) {
    unparsable(`The field '${path}' must be an object`);
  }
  const name = spec.keys().find((key) => key.startsWith('$'));
  if (name === undefined) unparsable(`Expected a $-prefixed window function, ${spec.keys()[0] ?? ''}`);
  const parse = Object.hasOwn(windowFunctions, name) ? windowFunctions[name] : undefined;
  if (parse === undefined) unparsable(`Unrecognized window function, ${name}`);
  for (const key of spec.keys()) {
    if (key !== name && key !== 'window') {
      unparsable(`Window function found an unknown argument: ${key}`);
    }
  }
  const compute = parse({
    operand: spec.get(name) as Value,
    window: spec.get('window'),
    sort: sorter?.parts,
    compiler,
    name,
  });
  return { path: splitPath(path), compute };
}

interface Keyed {
  readonly doc: Document;
  readonly group: Value;
  readonly key: readonly Value[];
}

function groupOf(partitionBy: Expression | undefined, doc: Document): Value {
  const value = partitionBy?.evaluate(doc);
  if (Array.isArray(value)) {
    fail(14, 'TypeMismatch', 'An expression used to partition cannot evaluate to value of type array');
  }
  return isNullish(value) ? null : value;
}

/** Writes the computed values into the documents as $addFields would. */
function writer(
  outputs: readonly Output[],
): (doc: Document, values: readonly (Value | undefined)[]) => Document {
  const root = new Node();
  const current: (Value | undefined)[] = [];
  for (const [i, { path }] of outputs.entries()) {
    const leaf: Leaf = {
      evaluate: () => current[i],
      isConstant: false,
      form: { kind: 'call', operator: '$setWindowFields', args: [] },
    };
    place(root, path, leaf, () =>
      refuse(6307900, `specification contains two conflicting paths at '${path.join('.')}'`),
    );
  }
  return (doc, values) => {
    for (const [i, value] of values.entries()) current[i] = value;
    return addFields(root, doc, doc);
  };
}

function* computed(
  docs: readonly Document[],
  outputs: readonly Output[],
  sorter: Sorter | undefined,
  write: ReturnType<typeof writer>,
): Iterable<Document> {
  const only = sorter?.parts.length === 1 ? sorter.parts[0] : undefined;
  const names = only === undefined ? [] : splitPath(only.path);
  const keys = docs.map((doc) => (only === undefined ? undefined : valueAt(doc, names, 0)));
  const partition: Partition = { docs, keys };
  const columns = outputs.map(({ compute }) => compute(partition));
  for (const [i, doc] of docs.entries())
    yield write(
      doc,
      columns.map((column) => column[i]),
    );
}

interface WindowStage {
  readonly partitionBy: Expression | undefined;
  readonly sorter: Sorter | undefined;
  readonly outputs: readonly Output[];
}

const OPTIONS = ['partitionBy', 'sortBy', 'output'];

function parseWindow(spec: Value, compiler: Compiler): WindowStage {
  if (!(spec instanceof Document)) {
    unparsable(`the $setWindowFields stage specification must be an object, found ${nameOfType(spec)}`);
  }
  for (const key of spec.keys()) {
    if (!OPTIONS.includes(key)) refuse(40415, `BSON field '$setWindowFields.${key}' is an unknown field.`);
  }
  const sortBy = spec.get('sortBy');
  if (sortBy !== undefined && !(sortBy instanceof Document)) {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$setWindowFields.sortBy' is the wrong type '${nameOfType(sortBy)}', expected type 'object'`,
    );
  }
  const output = spec.get('output');
  if (output === undefined)
    refuse(40414, "BSON field '$setWindowFields.output' is missing but a required field");
  if (!(output instanceof Document)) {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$setWindowFields.output' is the wrong type '${nameOfType(output)}', expected type 'object'`,
    );
  }
  const sorter =
    sortBy === undefined || sortBy.size === 0 ? undefined : compileSort(sortBy, compiler.env.collation);
  const partition = spec.get('partitionBy');
  return {
    partitionBy: partition === undefined ? undefined : compiler.compile(partition),
    sorter,
    outputs: output.entries().map(([path, value]) => parseOutput(path, value, sorter, compiler)),
  };
}

/** The documents by partition, then by the sort; equal ones keep their order. */
function arranged(
  source: Iterable<Document>,
  { partitionBy, sorter }: WindowStage,
  compiler: Compiler,
  memory: Memory,
): Keyed[] {
  const all: Keyed[] = [];
  for (const doc of source) {
    memory.add(sizeOf(doc));
    all.push({ doc, group: groupOf(partitionBy, doc), key: sorter?.keyOf(doc) ?? [] });
  }
  const { collation } = compiler.env;
  return all.sort(
    (a, b) => compareValues(a.group, b.group, collation) || (sorter?.compareKeys(a.key, b.key) ?? 0),
  );
}

const setWindowFields: StageParser = (spec, { env, name }): Stage => {
  const compiler = newCompiler(env);
  const stage = parseWindow(spec, compiler);
  const write = writer(stage.outputs);
  return {
    *run(source) {
      const all = arranged(source, stage, compiler, new Memory(name, env, true));
      for (let from = 0; from < all.length; ) {
        const key = hashKey(all[from]?.group, env.collation);
        let to = from + 1;
        while (to < all.length && hashKey(all[to]?.group, env.collation) === key) to++;
        const docs = all.slice(from, to).map(({ doc }) => doc);
        yield* computed(docs, stage.outputs, stage.sorter, write);
        from = to;
      }
    },
  };
};

/** Values computed over neighbours. */
export const windowStages: StageTable = { $setWindowFields: setWindowFields };
