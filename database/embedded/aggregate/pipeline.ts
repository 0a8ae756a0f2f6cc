import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import type { Value } from '../core/values.ts';
import type { PipelineEnv, Variables } from './env.ts';
import { refuse } from './expressions/arguments.ts';
import { limitOf, skipOf } from './stages/filters.ts';
import { type Sink, sinks } from './stages/sinks.ts';
import { sortSpec, sortStage } from './stages/sort.ts';
import type { Inside, Stage, StageContext } from './stages/stage.ts';
import { refusedStages, stages as stageTable } from './stages/stages.ts';

/** A compiled pipeline. */
export interface CompiledPipeline extends Stage {
  /** Where the results go, when the pipeline ends in $out or $merge. */
  readonly sink: Sink | undefined;
  /** The specification of a leading $changeStream, which the engine runs; `run` takes its events. */
  readonly changeStream: Document | undefined;
  /** Whether it makes its own documents ($documents) and reads no collection. */
  readonly collectionless: boolean;
}

/** A stage's name and specification. */
export interface NamedStage {
  readonly name: string;
  readonly spec: Value;
}

const FIRST = new Set([
  '$documents',
  '$changeStream',
  '$collStats',
  '$indexStats',
  '$geoNear',
  '$search',
  '$searchMeta',
  '$currentOp',
  '$listSessions',
  '$listLocalSessions',
  '$planCacheStats',
]);
const NOT_IN_FACET = new Set([
  '$out',
  '$merge',
  '$facet',
  '$changeStream',
  '$documents',
  '$geoNear',
  '$collStats',
  '$indexStats',
  '$planCacheStats',
  '$search',
]);
/** What may follow a $changeStream. */
const IN_CHANGE_STREAM = new Set([
  '$changeStream',
  '$match',
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
  '$redact',
  '$changeStreamSplitLargeEvent',
]);
const NOT_IN_LOOKUP = new Set(['$out', '$merge', '$changeStream']);

/**
 * Takes a pipeline's stages apart.
 * @throws 14, 40323 and 40324 for what is no stage.
 */
export function namedStages(pipeline: readonly Value[]): NamedStage[] {
  return pipeline.map((stage) => {
    if (!(stage instanceof Document)) {
      fail(14, 'TypeMismatch', "Each element of the 'pipeline' array must be an object");
    }
    const [name] = stage.keys();
    if (stage.size !== 1 || name === undefined) {
      refuse(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const known = [stageTable, sinks, refusedStages].some((table) => Object.hasOwn(table, name));
    if (!known && name !== '$changeStream') refuse(40324, `Unrecognized pipeline stage name: '${name}'`);
    return { name, spec: stage.get(name) as Value };
  });
}

function checkPlaces(all: readonly NamedStage[], inside: Inside): void {
  const streams = all[0]?.name === '$changeStream';
  for (const [i, { name }] of all.entries()) {
    if (streams && !IN_CHANGE_STREAM.has(name)) {
      fail(20, 'IllegalOperation', `${name} is not permitted in a $changeStream pipeline`);
    }
    if (inside === '$facet' && NOT_IN_FACET.has(name)) {
      refuse(40600, `${name} is not allowed to be used within a $facet stage`);
    }
    if ((inside === '$lookup' || inside === '$unionWith') && NOT_IN_LOOKUP.has(name)) {
      refuse(
        inside === '$lookup' ? 51047 : 31441,
        `${name} is not allowed within a ${inside}'s sub-pipeline`,
      );
    }
    if (FIRST.has(name) && i > 0) refuse(40602, `${name} is only valid as the first stage in a pipeline.`);
    if (Object.hasOwn(sinks, name) && i < all.length - 1) {
      refuse(40601, `${name} can only be the final stage in the pipeline`);
    }
  }
}

/** How deep $lookup and $unionWith may stand in each other's pipelines. */
const MOST_NESTED = 20;

function deeper(depth: number, inside: Inside): number {
  if (inside !== '$lookup' && inside !== '$unionWith') return depth;
  if (depth === MOST_NESTED) {
    fail(
      232,
      'MaxSubPipelineDepthExceeded',
      `Maximum number of nested sub-pipelines exceeded. Limit is ${MOST_NESTED}`,
    );
  }
  return depth + 1;
}

function contextOf(name: string, env: PipelineEnv, depth: number): StageContext {
  return {
    env,
    name,
    compile: (pipeline, inside, variables) =>
      compileIn(pipeline, withVariables(env, variables), inside, deeper(depth, inside)),
  };
}

function withVariables(env: PipelineEnv, variables: Variables | undefined): PipelineEnv {
  if (variables === undefined) return env;
  return { ...env, variables: new Map([...(env.variables ?? []), ...variables]) };
}

/** How many documents of a sort the stages after it use: `$limit`, or `$skip` and `$limit`. */
function wantedAfter(all: readonly NamedStage[], sort: number): number {
  let skipped = 0;
  for (const { name, spec } of all.slice(sort + 1)) {
    if (name === '$limit') return skipped + limitOf(spec);
    if (name !== '$skip') return Infinity;
    skipped += skipOf(spec);
  }
  return Infinity;
}

function compileStage(all: readonly NamedStage[], i: number, env: PipelineEnv, depth: number): Stage {
  const { name, spec } = all[i] as NamedStage;
  if (name === '$sort') return sortStage(sortSpec(spec), env, wantedAfter(all, i));
  const parse = stageTable[name] ?? refusedStages[name];
  if (parse === undefined) refuse(40324, `Unrecognized pipeline stage name: '${name}'`);
  return parse(spec, contextOf(name, env, depth));
}

function compileIn(
  pipeline: readonly Value[],
  env: PipelineEnv,
  inside: Inside,
  depth: number,
): CompiledPipeline {
  const all = namedStages(pipeline);
  checkPlaces(all, inside);
  const last = all.at(-1);
  const makeSink = last && Object.hasOwn(sinks, last.name) ? sinks[last.name] : undefined;
  const first = all[0]?.name === '$changeStream' ? all[0].spec : undefined;
  if (first !== undefined && !(first instanceof Document)) {
    refuse(50808, `$changeStream stage expects a document as argument`);
  }
  const from = first === undefined ? 0 : 1;
  const to = makeSink === undefined ? all.length : all.length - 1;
  const compiled: Stage[] = [];
  for (let i = from; i < to; i++) compiled.push(compileStage(all, i, env, depth));
  return {
    sink: last && makeSink?.(last.spec, contextOf(last.name, env, depth)),
    changeStream: first,
    collectionless: all[0]?.name === '$documents',
    run: (source) => compiled.reduce((docs, stage) => stage.run(docs), source),
  };
}

/**
 * Compiles a pipeline: everything that is wrong with it as a whole is thrown here, with MongoDB's codes.
 * Running it streams; sorts and groups hold what they must.
 */
export function compilePipeline(pipeline: readonly Value[], env: PipelineEnv): CompiledPipeline {
  return compileIn(pipeline, env, 'top', 0);
}
