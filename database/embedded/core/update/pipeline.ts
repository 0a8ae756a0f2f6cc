import { Document } from '../document.ts';
import { fail, MongoError } from '../errors.ts';
import { checkStorable } from '../storable.ts';
import type { Value } from '../values.ts';
import type { UpdateEnv } from './env.ts';
import { replaced } from './replace.ts';

/** The stages an update may use (manual, "Updates with Aggregation Pipeline"). */
const allowed: ReadonlySet<string> = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

const UNKNOWN_STAGE = 40324;

function refuseStage(
  stages: readonly Value[],
  name: string,
  compile: NonNullable<UpdateEnv['pipeline']>,
  env: UpdateEnv,
): never {
  try {
    compile(stages, env);
  } catch (error) {
    if (error instanceof MongoError && error.code === UNKNOWN_STAGE) throw error;
  }
  return fail(72, 'InvalidOptions', `${name} is not allowed to be used within an update`);
}

/** A pipeline-style update. Throws 72 for stages that updates may not use, and what compiling the stages throws. */
export function pipelineUpdate(stages: readonly Value[], env: UpdateEnv): (doc: Document) => Document {
  const compile = env.pipeline;
  if (compile === undefined)
    return fail(238, 'NotImplemented', 'Pipeline-style updates are not available here');
  for (const stage of stages) {
    const name = stage instanceof Document ? stage.keys()[0] : undefined;
    if (name !== undefined && !allowed.has(name)) refuseStage(stages, name, compile, env);
  }
  const transform = compile(stages, env);
  return (doc) => {
    const result = replaced(doc, transform(doc));
    if (result !== doc) checkStorable(result);
    return result;
  };
}
