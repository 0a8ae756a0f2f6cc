import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import type { Expression } from '../expressions/expression.ts';

/** What stands at the end of a path of a projection: keep it, drop it, or compute it. */
export type Leaf = 'keep' | 'drop' | Expression;

/** The paths of a projection as a tree, in the order they were given. */
export class Node {
  readonly children = new Map<string, Node | Leaf>();
  /** Whether anything is computed below. */
  computes = false;
}

/** What becomes of fields that no path names. */
export type Mode = 'inclusion' | 'exclusion';

function isExpression(child: Node | Leaf | undefined): child is Expression {
  return typeof child === 'object' && !(child instanceof Node);
}

/** Puts a leaf at a path; `collide` throws when the path is taken, or goes through a leaf. */
export function place(
  root: Node,
  names: readonly string[],
  leaf: Leaf,
  collide: (depth: number) => never,
): void {
  let node = root;
  for (const [depth, name] of names.entries()) {
    const child = node.children.get(name);
    if (isExpression(leaf)) node.computes = true;
    if (depth === names.length - 1) {
      if (child !== undefined) collide(depth);
      node.children.set(name, leaf);
      return;
    }
    if (child !== undefined && !(child instanceof Node)) collide(depth);
    const next = child instanceof Node ? child : new Node();
    node.children.set(name, next);
    node = next;
  }
}

/** A projected value; items of arrays are projected each. */
function project(node: Node, value: Value | undefined, root: Document, mode: Mode): Value | undefined {
  if (value instanceof Document) return projectDocument(node, value, root, mode);
  if (Array.isArray(value)) {
    const items: Value[] = [];
    for (const item of value) {
      const made = project(node, item, root, mode);
      if (made !== undefined) items.push(made);
    }
    return items;
  }
  if (node.computes) return projectDocument(node, nothing, root, mode);
  return mode === 'exclusion' ? value : undefined;
}

const nothing = Document.of();

function keptFields(node: Node, doc: Document, root: Document, mode: Mode): Document {
  const names: string[] = [];
  const values: Value[] = [];
  const fields = doc.keys();
  const contents = doc.values();
  for (let i = 0; i < fields.length; i++) {
    const name = fields[i] as string;
    const child = node.children.get(name);
    const value = fieldOf(child, contents[i] as Value, root, mode);
    if (value === undefined) continue;
    names.push(name);
    values.push(value);
  }
  return Document.fromColumns(names, values);
}

/** What becomes of an existing field. */
function fieldOf(
  child: Node | Leaf | undefined,
  value: Value,
  root: Document,
  mode: Mode,
): Value | undefined {
  if (child === undefined) return mode === 'exclusion' ? value : undefined;
  if (child === 'keep') return value;
  if (child === 'drop') return undefined;
  if (child instanceof Node) return project(child, value, root, mode);
  return undefined;
}

/** A projected document: what is kept in its own order, then what is computed in the projection's. */
export function projectDocument(node: Node, doc: Document, root: Document, mode: Mode): Document {
  const made = keptFields(node, doc, root, mode);
  if (!node.computes) return made;
  for (const [name, child] of node.children) {
    if (isExpression(child)) {
      const value = child.evaluate(root);
      if (value !== undefined) made.set(name, value);
    } else if (child instanceof Node && child.computes && !doc.has(name)) {
      made.set(name, projectDocument(child, nothing, root, mode));
    }
  }
  return made;
}

function add(node: Node, value: Value | undefined, root: Document): Value {
  if (Array.isArray(value)) return value.map((item) => add(node, item, root));
  return addFields(node, value instanceof Document ? value : nothing, root);
}

/** A document with computed fields: in their place where they exist, else at the end; missing ones go. */
export function addFields(node: Node, doc: Document, root: Document): Document {
  const made = doc.clone();
  for (const [name, child] of node.children) {
    if (child instanceof Node) {
      made.set(name, add(child, doc.get(name), root));
    } else if (isExpression(child)) {
      const value = child.evaluate(root);
      if (value === undefined) made.delete(name);
      else made.set(name, value);
    }
  }
  return made;
}
