import { fail } from '../../core/errors.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from './arguments.ts';
import type { Cell, Compiler, Evaluate, Form } from './expression.ts';
import { pathReader, splitPath, valueAt } from './field-path.ts';

/** What a reference reads, and how. */
interface Reference {
  readonly evaluate: Evaluate;
  readonly form: Form | undefined;
}

const invalid = (message: string): never => fail(9, 'FailedToParse', message);

function checkRest(name: string): void {
  const bad = [...name].slice(1).find((char) => !/[A-Za-z0-9_\u0080-\u{10ffff}]/u.test(char));
  if (bad !== undefined) invalid(`'${name}' contains an invalid character for a variable name: '${bad}'`);
}

/** @throws 9 unless a variable of this name may be bound: lower case or not ASCII first. */
export function checkBoundName(name: string): void {
  if (name === '') invalid('empty variable names are not allowed');
  if (name === 'CURRENT') return;
  if (!/^[a-z\u0080-\u{10ffff}]/u.test(name)) {
    invalid(`'${name}' starts with an invalid character for a user variable name`);
  }
  checkRest(name);
}

function checkReadName(name: string): void {
  if (name === '') invalid('empty variable names are not allowed');
  if (!/^[A-Za-z\u0080-\u{10ffff}]/u.test(name)) {
    invalid(`'${name}' starts with an invalid character for a variable name`);
  }
  checkRest(name);
}

const constant = (value: Value | undefined): Reference => ({
  evaluate: () => value,
  form: { kind: 'constant', value },
});

function ofDocument(names: readonly string[], compiler: Compiler): Reference {
  const path = names.join('.');
  compiler.paths.add(path);
  const evaluate: Evaluate = names.length === 0 ? (root) => root : pathReader(names);
  return { evaluate, form: { kind: 'path', path } };
}

function ofCell(cell: Cell, names: readonly string[]): Reference {
  if (names.length === 0) return { evaluate: () => cell.value, form: undefined };
  return { evaluate: () => valueAt(cell.value, names, 0), form: undefined };
}

function ofConstant(value: Value | undefined, names: readonly string[]): Reference {
  return constant(names.length === 0 ? value : valueAt(value, names, 0));
}

/** The variables MongoDB itself defines. */
const systemVariables: Readonly<Record<string, (names: readonly string[], compiler: Compiler) => Reference>> =
  {
    ROOT: ofDocument,
    CURRENT: ofDocument,
    REMOVE: () => constant(undefined),
    NOW: (names, compiler) => ofConstant(compiler.env.now, names),
    CLUSTER_TIME: (names, compiler) => {
      const time = compiler.env.clusterTime;
      if (time === undefined) {
        refuse(51144, "Builtin variable '$$CLUSTER_TIME' is not available");
      }
      return ofConstant(time, names);
    },
    USER_ROLES: (names) => ofConstant([], names),
    SEARCH_META: () => fail(238, 'NotImplemented', '$$SEARCH_META is not available: there is no $search'),
  };

function variable(name: string, names: readonly string[], compiler: Compiler): Reference {
  checkReadName(name);
  const cell = compiler.cellOf(name);
  if (cell !== undefined) return ofCell(cell, names);
  const bound = compiler.env.variables;
  if (bound?.has(name)) return ofConstant(bound.get(name), names);
  const system = Object.hasOwn(systemVariables, name) ? systemVariables[name] : undefined;
  if (system === undefined) refuse(17276, `Use of undefined variable: ${name}`);
  return system(names, compiler);
}

/**
 * A string that begins with `$`: `$path`, `$$variable` or `$$variable.path`.
 * @throws 16872 for a lone `$`, 17276 for an unknown variable, and what `splitPath` throws.
 */
export function referenceOf(text: string, compiler: Compiler): Reference {
  if (text === '$') refuse(16872, "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) {
    const names = splitPath(text.slice(1));
    const current = compiler.cellOf('CURRENT');
    return current === undefined ? ofDocument(names, compiler) : ofCell(current, names);
  }
  const dot = text.indexOf('.');
  const name = dot < 0 ? text.slice(2) : text.slice(2, dot);
  return variable(name, dot < 0 ? [] : splitPath(text.slice(dot + 1)), compiler);
}
