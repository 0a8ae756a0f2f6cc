import type { Document } from '../core/document.ts';
import type { ExpressionScope } from '../core/env.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { DataAccess } from './env.ts';
import { compilePipeline } from './pipeline.ts';

const refused = (): never => fail(72, 'InvalidOptions', 'An update pipeline may not read other collections');

const noData: DataAccess = { aggregate: refused, lookupEqual: refused };

/** Compiles the pipeline of an update: it makes one document into one. */
export function pipelineOfUpdate(
  stages: readonly Value[],
  scope: ExpressionScope,
): (doc: Document) => Document {
  const compiled = compilePipeline(stages, { ...scope, data: noData });
  return (doc) => {
    for (const made of compiled.run([doc])) return made;
    return doc;
  };
}
