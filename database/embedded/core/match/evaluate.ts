import type { Document } from '../document.ts';
import type { MatchEnv } from '../env.ts';
import { fail } from '../errors.ts';
import type { LeafTest, MatchDetails } from '../path.ts';
import { pathOf, someValue } from '../path.ts';
import type { Value } from '../values.ts';
import { bitsLeaf } from './bits.ts';
import { compileSchema } from './jsonschema/compile.ts';
import { asDocument, comparisonLeaf, inLeaf, modLeaf, regexLeaf, typeLeaf } from './leaf.ts';
import { isTrue } from './operators.ts';
import type { PathPredicate, Predicate } from './tree.ts';

type DocumentTest = (doc: Document, details: MatchDetails | undefined) => boolean;

/** A test of whole documents for a predicate. */
export function compilePredicate(predicate: Predicate, env: MatchEnv): DocumentTest {
  switch (predicate.kind) {
    case 'and':
      return all(predicate.children.map((child) => compilePredicate(child, env)));
    case 'or': {
      const tests = predicate.children.map((child) => compilePredicate(child, env));
      return (doc, details) => tests.some((test) => test(doc, details));
    }
    case 'nor': {
      const tests = predicate.children.map((child) => compilePredicate(child, env));
      return (doc) => !tests.some((test) => test(doc, undefined));
    }
    case 'not': {
      const test = compilePredicate(predicate.child, env);
      return (doc) => !test(doc, undefined);
    }
    case 'always':
      return () => predicate.result;
    case 'sampleRate':
      return () => Math.random() < predicate.rate;
    case 'expr':
      return expressionTest(predicate.spec, env);
    case 'schema':
      return compileSchema(predicate.schema);
    default:
      return pathTest(predicate, env);
  }
}

function all(tests: readonly DocumentTest[]): DocumentTest {
  const [only] = tests;
  if (tests.length === 1 && only) return only;
  return (doc, details) => {
    for (const test of tests) {
      if (test(doc, details)) continue;
      if (details) details.position = undefined;
      return false;
    }
    return true;
  };
}

function expressionTest(spec: Value, env: MatchEnv): DocumentTest {
  if (env.expressions === undefined)
    return fail(224, 'QueryFeatureNotAllowed', '$expr is not allowed in this context');
  const expression = env.expressions(spec, env);
  return (doc) => isTrue(expression.evaluate(doc));
}

/** Array operators look at an array as a whole, all others at its items too. */
function pathTest(predicate: PathPredicate, env: MatchEnv): DocumentTest {
  const path = pathOf(predicate.path);
  const test = compileLeaf(predicate, env);
  const spread = !['size', 'elemMatchObject', 'elemMatchValue'].includes(predicate.kind);
  return (doc, details) => someValue(doc, path, spread, test, details);
}

/** A test of one value: what stands at the end of a path, or an array's item inside $elemMatch. */
function compileLeaf(predicate: Predicate, env: MatchEnv): LeafTest {
  switch (predicate.kind) {
    case 'eq':
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return comparisonLeaf(predicate.kind, predicate.value, env.collation);
    case 'in':
      return inLeaf(predicate.values, predicate.regexes, env.collation);
    case 'exists':
      return (value) => value !== undefined;
    case 'type':
      return typeLeaf(predicate.types);
    case 'regex':
      return regexLeaf(predicate.pattern, predicate.flags);
    case 'mod':
      return modLeaf(predicate.divisor, predicate.remainder);
    case 'bits':
      return bitsLeaf(predicate.wanted, predicate.positions);
    case 'size':
      return (value) => Array.isArray(value) && value.length === predicate.size;
    case 'elemMatchObject':
      return elemMatchObject(predicate.child, env);
    case 'elemMatchValue':
      return elemMatchValue(predicate.children, env);
    default:
      return combinedLeaf(predicate, env);
  }
}

function combinedLeaf(predicate: Predicate, env: MatchEnv): LeafTest {
  switch (predicate.kind) {
    case 'and': {
      const tests = predicate.children.map((child) => compileLeaf(child, env));
      return (value) => tests.every((test) => test(value, undefined));
    }
    case 'not': {
      const test = compileLeaf(predicate.child, env);
      return (value) => !test(value, undefined);
    }
    case 'always':
      return () => predicate.result;
    default:
      return fail(2, 'BadValue', `${predicate.kind} cannot be applied to a value`);
  }
}

function elemMatchObject(child: Predicate, env: MatchEnv): LeafTest {
  const test = compilePredicate(child, env);
  return (value, details) =>
    someItem(value, details, (item) => {
      const doc = asDocument(item);
      return doc !== undefined && test(doc, undefined);
    });
}

function elemMatchValue(children: readonly Predicate[], env: MatchEnv): LeafTest {
  const tests = children.map((child) => compileLeaf(child, env));
  return (value, details) => someItem(value, details, (item) => tests.every((test) => test(item, undefined)));
}

function someItem(
  value: Value | undefined,
  details: MatchDetails | undefined,
  test: (item: Value) => boolean,
): boolean {
  if (!Array.isArray(value)) return false;
  const index = value.findIndex(test);
  if (index >= 0 && details) details.position = index;
  return index >= 0;
}
