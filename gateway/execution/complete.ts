import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
} from 'graphql';
import { conditionApplies } from './conditions.ts';
import { type Data, emptyData, isData, ownOf } from './record.ts';
import type { LeavesOut, SelectionShape, TypeShape } from './shape.ts';

export interface CompletionOptions {
  readonly schema: GraphQLSchema;
  readonly shape: readonly SelectionShape[];
  readonly root: GraphQLCompositeType;
  /** With the defaults of those that were left out. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Answers `__schema` or `__type`. */
  readonly introspect: (field: FieldNode) => unknown;
}

export interface Completed {
  readonly data: Data | null;
  readonly errors: readonly GraphQLError[];
}

/** What stands for a value that may not be null and is: the null moves up to the next place where it may be. */
const NULL_MOVES_UP = Symbol('null moves up');

/**
 * Gives the answer to an operation out of what the subgraphs brought, which has more fields in another order: what was
 * selected, in the order of the selection, nulls moved up to where they may be (GraphQL, 6.4.4). What breaks the schema is
 * null, with an error.
 */
export function complete(brought: Data, options: CompletionOptions): Completed {
  const completion = new Completion(options);
  const data = emptyData();
  const isWhole = completion.selections(options.shape, brought, data, options.root);
  return { data: isWhole ? data : null, errors: completion.errors };
}

class Completion {
  readonly errors: GraphQLError[] = [];
  readonly #path: (string | number)[] = [];
  readonly #options: CompletionOptions;

  constructor(options: CompletionOptions) {
    this.#options = options;
  }

  /** Fills the output with what is selected; false when a null has to move up. */
  selections(
    selections: readonly SelectionShape[],
    input: Data,
    output: Data,
    parent: GraphQLCompositeType,
  ): boolean {
    for (const selection of selections) {
      if (selection.unless.length > 0 && this.#isLeftOut(selection.unless)) continue;
      if (selection.kind === 'field') {
        if (!this.#field(selection, input, output, parent)) return false;
      } else if (selection.kind === 'typename') {
        if (!this.#typename(selection, input, output, parent)) return false;
      } else if (selection.kind === 'introspection') {
        output[selection.key] ??= this.#options.introspect(selection.field);
      } else if (this.#applies(selection.on, input, parent)) {
        if (!this.selections(selection.selections, input, output, selection.on ?? parent)) return false;
      }
    }
    return true;
  }

  #isLeftOut(unless: readonly LeavesOut[]): boolean {
    const { variables } = this.#options;
    return unless.some(({ variable, negated }) => (variables[variable] === true) !== negated);
  }

  #field(
    { key, from, type, selections }: Extract<SelectionShape, { kind: 'field' }>,
    input: Data,
    output: Data,
    parent: GraphQLCompositeType,
  ): boolean {
    this.#path.push(key);
    const value = this.#value(type, selections, ownOf(input, from) ?? null, output[key], parent);
    this.#path.pop();
    output[key] = value === NULL_MOVES_UP ? null : value;
    return value !== NULL_MOVES_UP;
  }

  /** The planner asks for `__typename` wherever it says more than the schema does. */
  #typename(
    { key, from }: Extract<SelectionShape, { kind: 'typename' }>,
    input: Data,
    output: Data,
    parent: GraphQLCompositeType,
  ): boolean {
    if (output[key] !== undefined) return true;
    const name = ownOf(input, from) ?? input.__typename;
    const type = (typeof name === 'string' && this.#options.schema.getType(name)) || parent;
    if (!isObjectType(type)) return false;
    output[key] = type.name;
    return true;
  }

  #applies(
    on: GraphQLCompositeType | null,
    { __typename: name }: Data,
    parent: GraphQLCompositeType,
  ): boolean {
    if (!on) return true;
    const { schema } = this.#options;
    return conditionApplies(schema, on, typeof name === 'string' ? schema.getType(name) : parent);
  }

  /** A field may be selected several times: then `known` is what it holds so far. */
  #value(
    type: TypeShape,
    selections: readonly SelectionShape[] | null,
    input: unknown,
    known: unknown,
    parent: GraphQLCompositeType,
  ): unknown {
    if (known === null || (known !== undefined && !selections)) return known;
    if (type.kind === 'nonNull') {
      const before = this.errors.length;
      const value = this.#value(type.of, selections, input, known, parent);
      if (value !== null && value !== NULL_MOVES_UP) return value;
      if (this.errors.length === before) this.#note('Cannot return null for non-nullable', parent);
      return NULL_MOVES_UP;
    }
    if (input === null) return null;
    if (type.kind === 'leaf')
      return type.isValid(input) ? input : this.#note('Invalid value found for', parent);
    if (type.kind === 'list') return this.#list(type.of, selections, input, known, parent);
    return this.#object(type.type, selections ?? [], input, known, parent);
  }

  #list(
    of: TypeShape,
    selections: readonly SelectionShape[] | null,
    input: unknown,
    known: unknown,
    parent: GraphQLCompositeType,
  ): unknown {
    if (!Array.isArray(input)) return this.#note('Invalid value found for', parent);
    const items = Array.isArray(known) ? known : new Array(input.length);
    let isWhole = true;
    for (let index = 0; index < input.length; index += 1) {
      this.#path.push(index);
      const value = this.#value(of, selections, input[index] ?? null, items[index], parent);
      this.#path.pop();
      if (value === NULL_MOVES_UP) isWhole = false;
      else items[index] = value;
    }
    return isWhole ? items : null;
  }

  #object(
    declared: GraphQLCompositeType,
    selections: readonly SelectionShape[],
    input: unknown,
    known: unknown,
    parent: GraphQLCompositeType,
  ): unknown {
    if (!isData(input)) return this.#note('Invalid value found for', parent);
    const name = input.__typename;
    const type = name === undefined ? declared : this.#options.schema.getType(String(name));
    if (!isCompositeType(type)) return this.#note('Invalid __typename found for object at', parent);
    const output = isData(known) ? known : emptyData();
    return this.selections(selections, input, output, type) ? output : null;
  }

  #note(what: string, parent: GraphQLCompositeType): null {
    const last = this.#path.at(-1);
    const place = typeof last === 'number' ? `item ${last} of a list` : `field ${parent.name}.${last}`;
    this.errors.push(new GraphQLError(`${what} ${place}.`, { path: [...this.#path] }));
    return null;
  }
}
