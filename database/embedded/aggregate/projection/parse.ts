import { Document } from '../../core/document.ts';
import { fail } from '../../core/errors.ts';
import { isReferencePart } from '../../core/fieldpath.ts';
import { isNumber } from '../../core/numbers.ts';
import { show, showElement } from '../../core/show.ts';
import type { Value } from '../../core/values.ts';
import { refuse } from '../expressions/arguments.ts';
import { isTrue } from '../expressions/boolean.ts';
import type { Compiler } from '../expressions/expression.ts';
import { splitPath } from '../expressions/field-path.ts';
import { expressionOperators } from '../expressions/operators.ts';
import { refusedOperators } from '../expressions/special.ts';
import { type Leaf, type Mode, Node, place } from './tree.ts';

/** A parsed $project. */
export interface Projection {
  readonly root: Node;
  readonly mode: Mode;
}

class ProjectionParser {
  readonly root = new Node();
  mode: Mode | undefined;
  id: 'kept' | 'dropped' | 'mentioned' | undefined;
  readonly #compiler: Compiler;
  constructor(compiler: Compiler) {
    this.#compiler = compiler;
  }

  #place(names: readonly string[], leaf: Leaf): void {
    place(this.root, names, leaf, (depth) => {
      const path = names.join('.');
      if (depth === names.length - 1) refuse(31250, `Path collision at ${path}`);
      refuse(31249, `Path collision at ${path} remaining portion ${names.slice(depth + 1).join('.')}`);
    });
  }

  element(name: string, value: Value, above: readonly string[]): void {
    if (name === '$' || name.endsWith('.$') || name.includes('.$.')) {
      refuse(31324, 'Cannot use positional projection in aggregation projection');
    }
    const names = [...above, ...splitPath(name)];
    if (above.length === 0 && names[0] === '_id') this.id ??= 'mentioned';
    if (value instanceof Document) this.#object(names, value);
    else if (typeof value === 'boolean' || isNumber(value)) this.#flag(names, value);
    else this.#computed(names, value);
  }

  #object(names: readonly string[], value: Document): void {
    const [operator] = value.keys();
    if (operator === undefined) {
      refuse(51270, `An empty sub-projection is not a valid value. Found empty object at path`);
    }
    if (value.size === 1 && operator.startsWith('$') && !isReferencePart(operator)) {
      if (Object.hasOwn(expressionOperators, operator) || Object.hasOwn(refusedOperators, operator)) {
        this.#computed(names, value);
        return;
      }
      if (operator === '$elemMatch') {
        fail(168, 'InvalidPipelineOperator', 'Cannot use $elemMatch in this context');
      }
      refuse(31325, `Unknown expression ${operator}`);
    }
    for (const [name, inner] of value.entries()) this.element(name, inner, names);
  }

  #flag(names: readonly string[], value: Value): void {
    const keep = isTrue(value);
    const isId = names.length === 1 && names[0] === '_id';
    this.#place(names, keep ? 'keep' : 'drop');
    if (isId) this.id = keep ? 'kept' : 'dropped';
    else this.#choose(keep ? 'inclusion' : 'exclusion', names.join('.'));
  }

  #choose(mode: Mode, path: string): void {
    if (this.mode !== undefined && this.mode !== mode) {
      if (mode === 'inclusion') refuse(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
      refuse(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    this.mode = mode;
  }

  #computed(names: readonly string[], value: Value): void {
    if (this.mode === 'exclusion') {
      if (value instanceof Document) {
        refuse(31252, 'Cannot use expression other than $meta in exclusion projection');
      }
      refuse(
        31310,
        `Cannot use an expression ${showElement(names.join('.'), value)} in an exclusion projection`,
      );
    }
    this.#place(names, this.#compiler.compile(value));
    this.mode = 'inclusion';
  }
}

/**
 * Parses a $project: inclusions and computed fields, or exclusions; `_id` may be either in both.
 * @throws 31249 to 31254, 31310, 31325, 51270 and 51272 as MongoDB does.
 */
export function parseProjection(spec: Document, compiler: Compiler): Projection {
  if (spec.size === 0) refuse(51272, 'projection specification must have at least one field');
  const parser = new ProjectionParser(compiler);
  for (const [name, value] of spec.entries()) parser.element(name, value, []);
  const { root } = parser;
  const mode = parser.mode ?? (parser.id === 'kept' ? 'inclusion' : 'exclusion');
  if (mode === 'inclusion' && parser.id === undefined) root.children.set('_id', 'keep');
  return { root, mode };
}

const conflict = (path: string): never =>
  refuse(
    40176,
    `specification contains two conflicting paths. Cannot specify both '${path}' and a path within or above it`,
  );

function addElement(root: Node, names: readonly string[], value: Value, compiler: Compiler): void {
  const [operator] = value instanceof Document ? value.keys() : [];
  if (!(value instanceof Document) || operator === undefined || operator.startsWith('$')) {
    if (value instanceof Document && value.size > 1) {
      refuse(
        40181,
        `an expression specification must contain exactly one field, the name of the expression. Found ${value.size} fields in ${show(value)}, while parsing expression object at path '${names.join('.')}'`,
      );
    }
    place(root, names, compiler.compile(value), () => conflict(names.join('.')));
    return;
  }
  for (const [name, inner] of value.entries()) {
    if (name.includes('.')) {
      refuse(40183, `cannot use dotted field name '${name}' in a sub object`);
    }
    addElement(root, [...names, ...splitPath(name)], inner, compiler);
  }
}

/**
 * Parses an $addFields: computed fields, objects naming fields below; an empty one changes nothing.
 * @throws 40176, 40181 and 40183 as MongoDB does.
 */
export function parseAddFields(spec: Document, compiler: Compiler): Node {
  const root = new Node();
  for (const [name, value] of spec.entries()) addElement(root, splitPath(name), value, compiler);
  return root;
}
