import { Document } from '../core/document.ts';
import { parseQuery } from '../core/match/parse.ts';
import type { Predicate } from '../core/match/tree.ts';
import type { Value } from '../core/values.ts';
import { newCompiler } from './expressions/compile.ts';
import type { ExpressionEnv } from './expressions/expression.ts';
import { type NamedStage, namedStages } from './pipeline.ts';
import { parseAddFields, parseProjection } from './projection/parse.ts';
import { Node } from './projection/tree.ts';
import { limitOf, skipOf } from './stages/filters.ts';
import { unsetPaths } from './stages/projections.ts';
import { parseUnwind } from './stages/unwind.ts';

/** The part of a pipeline that a planner can serve, in this order, and what is left to run on its documents. */
export interface Optimised {
  readonly filter: Document | undefined;
  readonly sort: Document | undefined;
  readonly skip: number;
  readonly limit: number;
  readonly rest: readonly Value[];
}

/** The paths a query reads; undefined when it must stay where it is. */
function pathsOf(predicate: Predicate, env: ExpressionEnv): string[] | undefined {
  switch (predicate.kind) {
    case 'and':
    case 'or':
    case 'nor':
      return allPaths(predicate.children, env);
    case 'not':
      return pathsOf(predicate.child, env);
    case 'expr': {
      const compiler = newCompiler(env);
      compiler.compile(predicate.spec);
      return [...compiler.paths];
    }
    case 'always':
      return [];
    case 'sampleRate':
    case 'schema':
      return undefined;
    default:
      return [predicate.path];
  }
}

function allPaths(predicates: readonly Predicate[], env: ExpressionEnv): string[] | undefined {
  const all: string[] = [];
  for (const predicate of predicates) {
    const paths = pathsOf(predicate, env);
    if (paths === undefined) return undefined;
    all.push(...paths);
  }
  return all;
}

const within = (path: string, above: string): boolean => path === above || path.startsWith(`${above}.`);
const touches = (a: string, b: string): boolean => a === '' || b === '' || within(a, b) || within(b, a);

/** The paths a tree of a projection ends at. */
function leavesOf(node: Node, prefix = ''): { path: string; kept: boolean }[] {
  return [...node.children].flatMap(([name, child]) => {
    const path = `${prefix}${name}`;
    return child instanceof Node ? leavesOf(child, `${path}.`) : [{ path, kept: child === 'keep' }];
  });
}

function textAt(spec: Value, name: string): string[] {
  const value = spec instanceof Document ? spec.get(name) : undefined;
  return typeof value === 'string' ? [value] : [];
}

/** Whether a condition on these paths says the same before a $project as after it. */
function passesProject(spec: Value, paths: readonly string[], env: ExpressionEnv): boolean {
  if (!(spec instanceof Document)) return false;
  const { root, mode } = parseProjection(spec, newCompiler(env));
  const leaves = leavesOf(root);
  if (mode === 'exclusion') return paths.every((path) => leaves.every((leaf) => !touches(path, leaf.path)));
  return paths.every((path) => leaves.some((leaf) => leaf.kept && within(path, leaf.path)));
}

/** The paths a stage writes; undefined for a stage that no condition may pass. */
function writtenBy({ name, spec }: NamedStage, env: ExpressionEnv): string[] | undefined {
  switch (name) {
    case '$sort':
      return [];
    case '$addFields':
    case '$set':
      if (!(spec instanceof Document)) return undefined;
      return leavesOf(parseAddFields(spec, newCompiler(env))).map(({ path }) => path);
    case '$unset':
      return unsetPaths(spec);
    case '$unwind': {
      const { path, index } = parseUnwind(spec);
      return [path.join('.'), ...(index === undefined ? [] : [index.join('.')])];
    }
    case '$lookup':
    case '$graphLookup':
      return textAt(spec, 'as');
    default:
      return undefined;
  }
}

function passes(stage: NamedStage, paths: readonly string[], env: ExpressionEnv): boolean {
  if (stage.name === '$project') return passesProject(stage.spec, paths, env);
  const written = writtenBy(stage, env);
  return written?.every((other) => paths.every((path) => !touches(path, other))) === true;
}

/** Moves each condition of the $matches as far to the front as it can go. */
function matchesFirst(stages: readonly NamedStage[], env: ExpressionEnv): NamedStage[] {
  const done: NamedStage[] = [];
  for (const stage of stages) {
    if (stage.name !== '$match' || !(stage.spec instanceof Document)) {
      done.push(stage);
      continue;
    }
    const parts =
      stage.spec.size === 0 ? [stage.spec] : stage.spec.entries().map((entry) => Document.of([entry]));
    for (const part of parts) {
      const paths = pathsOf(parseQuery(part), env);
      let at = done.length;
      if (paths !== undefined) {
        while (at > 0 && canPass(done[at - 1] as NamedStage, paths, env)) at--;
        while (done[at]?.name === '$match') at++;
      }
      done.splice(at, 0, { name: '$match', spec: part });
    }
  }
  return done;
}

const canPass = (stage: NamedStage, paths: readonly string[], env: ExpressionEnv): boolean =>
  stage.name === '$match' || passes(stage, paths, env);

/** Stages that make one document of each, so that $skip and $limit may come before them. */
const ONE_TO_ONE = new Set([
  '$project',
  '$addFields',
  '$set',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
  '$lookup',
  '$graphLookup',
]);

function cutsFirst(stages: readonly NamedStage[]): NamedStage[] {
  const done: NamedStage[] = [];
  for (const stage of stages) {
    let at = done.length;
    if (stage.name === '$skip' || stage.name === '$limit') {
      while (at > 0 && ONE_TO_ONE.has((done[at - 1] as NamedStage).name)) at--;
    }
    done.splice(at, 0, stage);
  }
  return done;
}

function together(filters: readonly Document[]): Document | undefined {
  if (filters.length === 0) return undefined;
  const names = new Set<string>();
  const entries = filters.flatMap((filter) => filter.entries());
  for (const [name] of entries) names.add(name);
  return names.size === entries.length ? Document.of(entries) : Document.of([['$and', [...filters]]]);
}

const asStage = ({ name, spec }: NamedStage): Value => Document.of([[name, spec]]);

/**
 * Puts what a planner can serve to the front of a pipeline: conditions before sorts, projections, unwinds and
 * joins that do not write what they read; $skip and $limit before stages that keep the number of documents.
 * The pipeline must have been compiled before, so that it is known to be sound.
 */
export function optimise(pipeline: readonly Value[], env: ExpressionEnv): Optimised {
  const stages = cutsFirst(matchesFirst(namedStages(pipeline), env));
  let at = 0;
  const filters: Document[] = [];
  for (; stages[at]?.name === '$match'; at++) filters.push((stages[at] as NamedStage).spec as Document);
  const next = stages[at];
  const sort = next?.name === '$sort' && next.spec instanceof Document ? next.spec : undefined;
  if (sort !== undefined) at++;
  let skip = 0;
  let limit = Infinity;
  for (; at < stages.length; at++) {
    const { name, spec } = stages[at] as NamedStage;
    if (name === '$limit') limit = Math.min(limit, limitOf(spec));
    else if (name === '$skip' && skipOf(spec) < limit) {
      skip += skipOf(spec);
      limit -= skipOf(spec);
    } else break;
  }
  return { filter: together(filters), sort, skip, limit, rest: stages.slice(at).map(asStage) };
}
