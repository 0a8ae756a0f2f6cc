import type { DataAccess } from '../aggregate/env.ts';
import { compilePipeline } from '../aggregate/pipeline.ts';
import type { Document } from '../core/document.ts';
import type { ExpressionScope } from '../core/env.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';

/** The stages an update may have reach no other collection. */
const noData: DataAccess = {
  aggregate: () => fail(72, 'InvalidOptions', '$lookup is not allowed to be used within an update'),
  lookupEqual: () => fail(72, 'InvalidOptions', '$lookup is not allowed to be used within an update'),
};

/** Compiles the pipeline form of an update: one document in, one out. */
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
