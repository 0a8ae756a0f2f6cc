import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { show, showElement } from '../show.ts';
import type { Value } from '../values.ts';
import { typeNames, typeOf } from '../values.ts';
import type { ArrayFilters } from './arrayfilters.ts';
import { PathTree } from './conflicts.ts';
import type { UpdateEnv } from './env.ts';
import { updateOperators } from './operators.ts';
import type { UpdatePath } from './path.ts';
import { parseUpdatePath } from './path.ts';
import type { Step } from './steps.ts';
import { actionStep, renameStep } from './steps.ts';

/** An operator on a path as written; `at` gives its step at a concrete path. */
export interface Modification {
  readonly path: UpdatePath;
  at(names: readonly string[]): Step;
}

/** `$rename` works on two paths, so it is not among the operators on one. */
const RENAME = '$rename';

function checkModifier(operator: string, fields: Value): asserts fields is Document {
  if (operator !== RENAME && !Object.hasOwn(updateOperators, operator)) {
    fail(
      9,
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!(fields instanceof Document)) {
    fail(
      9,
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeNames[typeOf(fields)]} instead. For example: {$mod: {<field>: ...}} not {${showElement(operator, fields)}}`,
    );
  }
}

const bad = (message: string): never => fail(2, 'BadValue', message);

function isWithin(inner: string, outer: string): boolean {
  return inner.startsWith(`${outer}.`);
}

function parseRename(from: string, argument: Value, tree: PathTree): Modification {
  const shown = showElement(from, argument);
  if (typeof argument !== 'string') return bad(`The 'to' field for $rename must be a string: ${shown}`);
  const source = parseUpdatePath(from);
  const target = parseUpdatePath(argument);
  if (from === argument) bad(`The source and target field for $rename must differ: ${shown}`);
  if (isWithin(from, argument) || isWithin(argument, from)) {
    bad(`The source and target field for $rename must not be on the same path: ${shown}`);
  }
  if (source.isDynamic) bad(`The source field for $rename may not be dynamic: ${from}`);
  if (target.isDynamic) bad(`The destination field for $rename may not be dynamic: ${argument}`);
  if (argument.includes('\0')) bad("The 'to' field for $rename cannot contain an embedded null byte");
  tree.add(source);
  tree.add(target);
  const names = from.split('.');
  return { path: target, at: (to) => renameStep(names, to) };
}

function parseField(
  operator: string,
  field: string,
  argument: Value,
  env: UpdateEnv,
  tree: PathTree,
): Modification {
  if (operator === RENAME) return parseRename(field, argument, tree);
  const path = parseUpdatePath(field);
  const action = updateOperators[operator]?.(argument, env, field);
  tree.add(path);
  return { path, at: (names) => actionStep(names, action as NonNullable<typeof action>) };
}

function checkFilters(modifications: readonly Modification[], filters: ArrayFilters, spec: Document): void {
  const unused = new Set(filters.keys());
  for (const { path } of modifications) {
    for (const part of path.parts) {
      if (part.kind !== 'filtered' || part.identifier === '') continue;
      if (!filters.has(part.identifier)) {
        bad(`No array filter found for identifier '${part.identifier}' in path '${path.text}'`);
      }
      unused.delete(part.identifier);
    }
  }
  for (const identifier of unused) {
    fail(
      9,
      'FailedToParse',
      `The array filter for identifier '${identifier}' was not used in the update ${show(spec)}`,
    );
  }
}

/** Takes an operator-style update apart. Throws 9, 2, 40, 56 and what the operators throw. */
export function parseModifications(spec: Document, filters: ArrayFilters, env: UpdateEnv): Modification[] {
  const tree = new PathTree();
  const modifications = spec.entries().flatMap(([operator, fields]) => {
    checkModifier(operator, fields);
    return fields.entries().map(([field, argument]) => parseField(operator, field, argument, env, tree));
  });
  checkFilters(modifications, filters, spec);
  return modifications;
}
