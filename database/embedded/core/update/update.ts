import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Value } from '../values.ts';
import { parseArrayFilters } from './arrayfilters.ts';
import { Edit } from './edit.ts';
import type { UpdateEnv } from './env.ts';
import { expandPath, type Filling } from './expand.ts';
import { type Modification, parseModifications } from './parse.ts';
import { comparePaths } from './path.ts';
import { pipelineUpdate } from './pipeline.ts';
import { replacement, withIdFirst } from './replace.ts';
import type { Step } from './steps.ts';

/** For one document: which query found it (for the positional `$`), and whether it is about to be inserted. */
export interface ApplyContext {
  readonly matcher?: Matcher;
  readonly isInsert: boolean;
}

/** A compiled update. */
export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /** The changed document, or the same object when there was nothing to change. */
  apply(doc: Document, context: ApplyContext): Document;
}

interface UpdateOptions {
  readonly arrayFilters?: readonly Document[];
  readonly env: UpdateEnv;
}

/** True for `{ $op: … }`, false for a document that replaces another. */
function isOperatorUpdate(spec: Document): boolean {
  return spec.keys()[0]?.startsWith('$') === true;
}

/**
 * Compiles an update: operators, a replacement document, or an aggregation pipeline.
 * @throws 9 FailedToParse, 40 ConflictingUpdateOperators, 56 EmptyFieldName and the codes of the operators.
 */
export function compileUpdate(spec: Document | readonly Value[], options: UpdateOptions): Update {
  const { arrayFilters = [], env } = options;
  if (!(spec instanceof Document)) {
    if (arrayFilters.length > 0) {
      fail(9, 'FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    }
    return { kind: 'pipeline', apply: pipelineUpdate(spec, env) };
  }
  if (!isOperatorUpdate(spec)) {
    return { kind: 'replacement', apply: replacement(spec, env) };
  }
  return { kind: 'operators', apply: operatorUpdate(spec, arrayFilters, env) };
}

function operatorUpdate(spec: Document, arrayFilters: readonly Document[], env: UpdateEnv): Update['apply'] {
  const filters = parseArrayFilters(arrayFilters, env);
  const modifications = parseModifications(spec, filters, env);
  const isDynamic = modifications.some(({ path }) => path.isDynamic);
  const fixed = isDynamic ? [] : sorted(modifications.map(({ path, at }) => at(path.text.split('.'))));
  return (doc, { matcher, isInsert }) => {
    const filling: Filling = { filters, position: () => matcher?.positionOf(doc) };
    const steps = isDynamic ? concreteSteps(modifications, doc, filling) : fixed;
    const edit = new Edit(doc);
    let changed = false;
    for (const step of steps) changed = step.run(edit, doc, isInsert) || changed;
    return changed ? withIdFirst(edit.root) : doc;
  };
}

function sorted(steps: Step[]): Step[] {
  return steps.sort((a, b) => comparePaths(a.names, b.names));
}

function concreteSteps(modifications: readonly Modification[], doc: Document, filling: Filling): Step[] {
  const steps = sorted(
    modifications.flatMap(({ path, at }) => expandPath(path, doc, filling).map((names) => at(names))),
  );
  for (let i = 1; i < steps.length; i++) {
    const before = (steps[i - 1] as Step).names;
    const { names } = steps[i] as Step;
    if (before.every((name, k) => name === names[k])) {
      fail(40, 'ConflictingUpdateOperators', `Update created a conflict at '${before.join('.')}'`);
    }
  }
  return steps;
}
