import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { sizeOf } from '../accumulators/size.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { compileExpression } from '../expressions/compile.ts';
import { checkFieldName } from '../expressions/field-path.ts';
import { Memory } from '../memory.ts';
import type { StageParser, StageTable } from './stage.ts';

interface UnionSpec {
  readonly collection: string | undefined;
  readonly pipeline: readonly Value[];
}

function startsWithDocuments(pipeline: readonly Value[]): boolean {
  return pipeline[0] instanceof Document && pipeline[0].has('$documents');
}

function parseUnion(spec: Value): UnionSpec {
  if (typeof spec === 'string') return { collection: spec, pipeline: [] };
  if (!(spec instanceof Document)) {
    fail(
      9,
      'FailedToParse',
      `the $unionWith stage specification must be an object or string, but found ${nameOfType(spec)}`,
    );
  }
  for (const key of spec.keys()) {
    if (key !== 'coll' && key !== 'pipeline') {
      refuse(40415, `BSON field '$unionWith.${key}' is an unknown field.`);
    }
  }
  const collection = spec.get('coll');
  const pipeline = spec.get('pipeline') ?? [];
  if (collection !== undefined && typeof collection !== 'string') {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$unionWith.coll' is the wrong type '${nameOfType(collection)}', expected type 'string'`,
    );
  }
  if (!Array.isArray(pipeline)) {
    fail(
      14,
      'TypeMismatch',
      `BSON field '$unionWith.pipeline' is the wrong type '${nameOfType(pipeline)}', expected type 'array'`,
    );
  }
  if (collection === undefined && !startsWithDocuments(pipeline)) {
    fail(
      9,
      'FailedToParse',
      '$unionWith stage without explicit collection must have a pipeline with $documents as first stage',
    );
  }
  return { collection, pipeline };
}

const unionWith: StageParser = (spec, { env, compile }) => {
  const { collection, pipeline } = parseUnion(spec);
  const inner = compile(pipeline, '$unionWith');
  return {
    *run(source) {
      yield* source;
      if (collection === undefined) yield* inner.run([]);
      else yield* env.data.aggregate(collection, pipeline, env.variables ?? new Map());
    },
  };
};

const facet: StageParser = (spec, { env, compile }) => {
  if (!(spec instanceof Document) || spec.size === 0) {
    refuse(40169, 'the $facet specification must be a non-empty object');
  }
  const facets = spec.entries().map(([name, pipeline]) => {
    checkFieldName(name);
    if (!Array.isArray(pipeline)) {
      refuse(40170, `arguments to $facet must be arrays, ${name} is type ${nameOfType(pipeline)}`);
    }
    for (const stage of pipeline) {
      if (!(stage instanceof Document)) {
        refuse(
          40171,
          `elements of arrays in $facet spec must be non-empty objects, ${name} argument contained an element of type ${nameOfType(stage)}`,
        );
      }
    }
    return [name, compile(pipeline, '$facet')] as const;
  });
  return {
    *run(source) {
      const memory = new Memory('$facet', env, false);
      const all: Document[] = [];
      for (const doc of source) {
        memory.add(sizeOf(doc));
        all.push(doc);
      }
      yield Document.of(facets.map(([name, stage]) => [name, [...stage.run(all)]] as const));
    },
  };
};

const documents: StageParser = (spec, { env }) => {
  const list = compileExpression(spec, env).evaluate(Document.of());
  if (!Array.isArray(list)) {
    refuse(5858203, `an array is expected, but $documents evaluated to ${nameOfType(list)}`);
  }
  const all = list.map((item) =>
    item instanceof Document
      ? item
      : refuse(40228, `$documents expects an array of objects, but found ${nameOfType(item)}`),
  );
  return {
    *run() {
      yield* all;
    },
  };
};

/** Stages that bring documents together. */
export const combiningStages: StageTable = { $unionWith: unionWith, $facet: facet, $documents: documents };
