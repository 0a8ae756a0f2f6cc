import { Document } from '../document.ts';
import type { MatchEnv } from '../env.ts';
import { fail } from '../errors.ts';
import type { Matcher } from '../match/matcher.ts';
import type { Predicate } from '../match/tree.ts';
import type { Value } from '../values.ts';
import { parseProjection } from './parse.ts';
import type { Slice } from './slice.ts';
import { sliceAt } from './slice.ts';
import type { Branch, ProjectionNode } from './tree.ts';

/** Projects a document; `matcher` is the query's, for the positional projection. */
export type Project = (doc: Document, matcher?: Matcher) => Document;

/**
 * Compiles a projection of find and findAndModify: inclusion, exclusion, `$slice`, `$elemMatch`, the positional
 * `.$`, and expressions. Throws the 312xx and 313xx codes of the server.
 */
export function compileProjection(spec: Document, env: MatchEnv, tree?: Predicate): Project {
  if (spec.size === 0) return (doc) => doc;
  const { type, root, positional } = parseProjection(spec, env, tree);
  const slices = [...slicesOf(root, [])];
  const base = type === 'inclusion' ? inclusion(root) : exclusion(root);
  return (doc, matcher) => {
    let result = base(doc);
    for (const { parts, slice } of slices) result = sliceAt(result, parts, slice);
    if (positional !== undefined) result = atPosition(result, positional.split('.'), doc, matcher);
    return result;
  };
}

function* slicesOf(
  node: Branch,
  above: readonly string[],
): Iterable<{ parts: readonly string[]; slice: Slice }> {
  for (const [name, child] of node.children) {
    const parts = [...above, name];
    if (child.kind === 'slice') yield { parts, slice: child };
    else if (child.kind === 'branch') yield* slicesOf(child, parts);
  }
}

const isComputed = (node: ProjectionNode): boolean => node.kind === 'expression' || node.kind === 'elemMatch';

const hasComputed = (node: ProjectionNode): boolean =>
  node.kind === 'branch' ? [...node.children.values()].some(hasComputed) : isComputed(node);

function namesOf(node: Branch, fits: (child: ProjectionNode) => boolean): Set<string> {
  return new Set([...node.children].filter(([, child]) => fits(child)).map(([name]) => name));
}

/** Replaces fields of a document one has made; a field without value goes. */
function replaceFields(
  doc: Document,
  names: Iterable<string>,
  change: (name: string, value: Value) => Value | undefined,
): Document {
  for (const name of names) {
    const value = doc.get(name);
    const next = value === undefined ? undefined : change(name, value);
    if (next !== undefined) doc.set(name, next);
    else if (value !== undefined) doc.delete(name);
  }
  return doc;
}

function inclusion(root: Branch): (doc: Document) => Document {
  const computed = hasComputed(root);
  const keep = includer(root);
  return (doc) => (computed ? withComputed(root, keep(doc), doc) : keep(doc));
}

/** Keeps the fields of a branch; a scalar where the path goes on is dropped. */
function includer(node: Branch): (doc: Document) => Document {
  const names = namesOf(node, (child) => !isComputed(child) && child.kind !== 'exclude');
  const below = [...node.children].flatMap(([name, child]) =>
    child.kind === 'branch' ? [[name, includer(child)] as const] : [],
  );
  const inner = new Map(below);
  return (doc) => {
    const kept = doc.pick(names);
    if (inner.size === 0) return kept;
    return replaceFields(kept, inner.keys(), (name, value) => included(value, inner.get(name)));
  };
}

function included(value: Value, keep: ((doc: Document) => Document) | undefined): Value | undefined {
  if (keep === undefined) return value;
  if (value instanceof Document) return keep(value);
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((item) => {
    const kept = included(item, keep);
    return kept === undefined ? [] : [kept];
  });
}

/** Adds computed fields in the order of the specification, after those that were kept. */
function withComputed(node: Branch, kept: Document, root: Document): Document {
  let result = kept;
  for (const [name, child] of node.children) {
    if (!hasComputed(child)) continue;
    const value = computedValue(child, kept.get(name), root, name);
    if (value !== undefined) result = result.clone().set(name, value);
  }
  return result;
}

function computedValue(
  node: ProjectionNode,
  kept: Value | undefined,
  root: Document,
  name: string,
): Value | undefined {
  if (node.kind === 'expression') return node.expression.evaluate(root);
  if (node.kind === 'elemMatch') return firstMatch(node.matcher, root, name);
  if (node.kind !== 'branch') return kept;
  if (Array.isArray(kept)) {
    return kept.map((item) => computedValue(node, item, root, name) as Value);
  }
  return withComputed(node, kept instanceof Document ? kept : Document.of(), root);
}

function firstMatch(matcher: Matcher, root: Document, name: string): Value | undefined {
  const items = root.get(name);
  const position = matcher.positionOf(root);
  return Array.isArray(items) && position !== undefined ? [items[position] as Value] : undefined;
}

function exclusion(root: Branch): (doc: Document) => Document {
  const drop = excluder(root);
  return (doc) => drop(doc, doc);
}

/** Drops the fields of a branch; what is no document stays as it is. */
function excluder(node: Branch): (doc: Document, root: Document) => Document {
  const dropped = namesOf(node, (child) => child.kind === 'exclude');
  const changes = new Map<string, (value: Value, root: Document) => Value | undefined>();
  for (const [name, child] of node.children) {
    if (child.kind === 'elemMatch') changes.set(name, (_, root) => firstMatch(child.matcher, root, name));
    if (child.kind === 'branch') {
      const drop = excluder(child);
      changes.set(name, (value, root) => excluded(value, root, drop));
    }
  }
  return (doc, root) =>
    replaceFields(doc.pick(dropped, false), changes.keys(), (name, value) =>
      changes.get(name)?.(value, root),
    );
}

function excluded(value: Value, root: Document, drop: ReturnType<typeof excluder>): Value {
  if (value instanceof Document) return drop(value, root);
  return Array.isArray(value) ? value.map((item) => excluded(item, root, drop)) : value;
}

/** Cuts the first array on the path down to the item that the query matched. */
function atPosition(
  result: Document,
  parts: readonly string[],
  doc: Document,
  matcher: Matcher | undefined,
): Document {
  const [name = '', ...rest] = parts;
  const value = result.get(name);
  if (Array.isArray(value)) {
    return result.clone().set(name, [matchedItem(value, doc, matcher)]);
  }
  if (!(value instanceof Document) || rest.length === 0) return result;
  return result.clone().set(name, atPosition(value, rest, doc, matcher));
}

function matchedItem(items: readonly Value[], doc: Document, matcher: Matcher | undefined): Value {
  const position = matcher?.positionOf(doc);
  const caller = 'Executor error during find command :: caused by :: ';
  if (position === undefined) {
    fail(
      51246,
      'Location51246',
      `${caller}positional operator '.$' couldn't find a matching element in the array`,
    );
  }
  const item = items[position];
  if (item === undefined) fail(51247, 'Location51247', `${caller}positional operator '.$' element mismatch`);
  return item;
}
