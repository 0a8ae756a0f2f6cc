import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import type { StageContext } from './stage.ts';

/** Where the results of a pipeline go instead of to the client; the engine writes them. */
export type Sink =
  | { readonly kind: 'out'; readonly db: string | undefined; readonly collection: string }
  | {
      readonly kind: 'merge';
      readonly db: string | undefined;
      readonly collection: string;
      /** The fields that tell which document a result stands for; `_id` by default. */
      readonly on: readonly string[];
      readonly whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | readonly Value[];
      readonly whenNotMatched: 'insert' | 'discard' | 'fail';
      /** Expressions of the result document, bound for a pipeline in `whenMatched`; `$$new` by default. */
      readonly let: Document;
    };

type SinkParser = (spec: Value, context: StageContext) => Sink;

interface Target {
  readonly db: string | undefined;
  readonly collection: string;
}

function targetOf(spec: Value, name: string, code: number): Target {
  if (typeof spec === 'string') return { db: undefined, collection: spec };
  if (!(spec instanceof Document)) {
    refuse(code, `${name} only supports a string or object argument, but found ${nameOfType(spec)}`);
  }
  const db = spec.get('db');
  const collection = spec.get('coll');
  for (const key of spec.keys()) {
    if (key !== 'db' && key !== 'coll') refuse(40415, `BSON field '${name}.${key}' is an unknown field.`);
  }
  if (typeof collection !== 'string' || (db !== undefined && typeof db !== 'string')) {
    refuse(code, `${name} requires a string 'coll', and 'db' to be a string where it is given`);
  }
  return { db, collection };
}

/** Collections that MongoDB keeps for itself take no results. */
function checkOut(target: Target): Target {
  if (target.collection.startsWith('system.'))
    refuse(17385, `Can't $out to special collection: ${target.collection}`);
  if (['admin', 'config', 'local'].includes(target.db ?? ''))
    refuse(31321, `Can't $out to internal database: ${target.db}`);
  return target;
}

const out: SinkParser = (spec) => ({ kind: 'out', ...checkOut(targetOf(spec, '$out', 16990)) });

const MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const NOT_MATCHED = ['insert', 'discard', 'fail'] as const;
const MERGE_OPTIONS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];

function badValue(field: string, value: Value): never {
  if (typeof value !== 'string')
    refuse(51191, `$merge '${field}' field must be a string, but found ${nameOfType(value)}`);
  fail(2, 'BadValue', `Enumeration value '${value}' for field '${field}' is not a valid value.`);
}

function onFields(spec: Value | undefined): readonly string[] {
  if (spec === undefined) return ['_id'];
  if (typeof spec === 'string') return [spec];
  if (!Array.isArray(spec)) {
    refuse(
      51186,
      `$merge 'on' field must be either a string or an array of strings, but found ${nameOfType(spec)}`,
    );
  }
  if (spec.length === 0)
    refuse(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return spec.map((field, i) => {
    if (typeof field !== 'string') {
      refuse(51134, `$merge 'on' array elements must be strings, but found ${nameOfType(field)}`);
    }
    if (spec.indexOf(field) < i) refuse(31465, `Found a duplicate field '${field}' in $merge 'on'`);
    return field;
  });
}

function matchedMode(
  spec: Value,
  compile: StageContext['compile'],
): Extract<Sink, { kind: 'merge' }>['whenMatched'] {
  if (Array.isArray(spec)) {
    for (const stage of spec) checkUpdateStage(stage);
    compile(spec, 'top', new Map([['new', undefined]]));
    return spec;
  }
  return MATCHED.find((mode) => mode === spec) ?? badValue('whenMatched', spec);
}

const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

function checkUpdateStage(stage: Value): void {
  const name = stage instanceof Document ? (stage.keys()[0] ?? '') : '';
  if (!UPDATE_STAGES.includes(name)) {
    fail(72, 'InvalidOptions', `${name} is not allowed to be used within an update`);
  }
}

function letOf(spec: Value | undefined, isPipeline: boolean): Document {
  if (spec === undefined || spec === null) return Document.of([['new', '$$ROOT']]);
  if (!isPipeline) refuse(51199, "Cannot use 'let' variables with 'whenMatched' mode other than a pipeline");
  if (!(spec instanceof Document)) {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$merge.let' is the wrong type '${nameOfType(spec)}', expected type 'object'`,
    );
  }
  if (spec.has('new') && spec.get('new') !== '$$ROOT') {
    refuse(51273, "'let' may not define a value for the reserved 'new' variable other than '$$ROOT'");
  }
  return spec.has('new') ? spec : spec.clone().set('new', '$$ROOT');
}

const merge: SinkParser = (spec, { compile }) => {
  if (typeof spec === 'string') return mergeOf(Document.of([['into', spec]]), compile);
  if (!(spec instanceof Document)) {
    refuse(51182, `$merge requires a string or object argument, but found ${nameOfType(spec)}`);
  }
  return mergeOf(spec, compile);
};

function mergeOf(spec: Document, compile: StageContext['compile']): Sink {
  for (const key of spec.keys()) {
    if (!MERGE_OPTIONS.includes(key)) refuse(40415, `BSON field '$merge.${key}' is an unknown field.`);
  }
  const into = spec.get('into');
  if (into === undefined) refuse(40414, "BSON field '$merge.into' is missing but a required field");
  const matched = spec.get('whenMatched') ?? 'merge';
  const isPipeline = Array.isArray(matched);
  const letSpec = letOf(spec.get('let'), isPipeline);
  const notMatched = spec.get('whenNotMatched') ?? 'insert';
  const names = new Map(letSpec.keys().map((name) => [name, undefined]));
  return {
    kind: 'merge',
    ...targetOf(into, '$merge', 51178),
    on: onFields(spec.get('on')),
    whenMatched: matchedMode(matched, (stages, inside) => compile(stages, inside, names)),
    whenNotMatched: NOT_MATCHED.find((mode) => mode === notMatched) ?? badValue('whenNotMatched', notMatched),
    let: letSpec,
  };
}

/** The last stages, which write. */
export const sinks: Readonly<Record<string, SinkParser>> = { $out: out, $merge: merge };
