import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The record fields that stand behind the GraphQL fields of one type; a field not named reads the record field of its own name. */
export interface ProjectionMap {
  /** Record fields that are read whatever is asked: keys, and what every resolver of the type relies on. */
  readonly always?: readonly string[];
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

export type Projection = Readonly<Record<string, 1>>;

/**
 * What one fetch asks for: per object type the union of the fields selected anywhere in its document
 * (HOUSE, Decisions, Projection). Made once per document and kept with it.
 */
export class Selection {
  readonly #fields: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #projections = new Map<ProjectionMap, Projection>();

  constructor(fields: ReadonlyMap<string, ReadonlySet<string>>) {
    this.#fields = fields;
  }

  /** Whether the field of that object type is selected anywhere in the fetch. */
  has(type: string, field: string): boolean {
    return this.#fields.get(type)?.has(field) ?? false;
  }

  /** Whether nothing but these fields is selected of that object type: a reference that holds them need not be read. */
  asksOnly(type: string, fields: readonly string[]): boolean {
    return [...(this.#fields.get(type) ?? [])].every(
      (field) => field.startsWith('__') || fields.includes(field),
    );
  }

  /** The MongoDB projection for records of that type. `map` must be a constant: it is the key of the memo. */
  projection(type: string, map: ProjectionMap): Projection {
    const known = this.#projections.get(map);
    if (known) return known;
    const paths = new Set<string>(map.always);
    for (const field of this.#fields.get(type) ?? []) {
      if (field.startsWith('__')) continue;
      for (const path of map.fields?.[field] ?? [field === 'id' ? '_id' : field]) paths.add(path);
    }
    paths.add('_id');
    const projection = Object.fromEntries(withoutChildren(paths).map((path) => [path, 1] as const));
    this.#projections.set(map, projection);
    return projection;
  }
}

/** MongoDB refuses `a` beside `a.b` in one projection; the parent covers the child. */
function withoutChildren(paths: ReadonlySet<string>): string[] {
  return [...paths].filter((path) => {
    const parts = path.split('.');
    return !parts.slice(1).some((_, index) => paths.has(parts.slice(0, index + 1).join('.')));
  });
}

const memo = new WeakMap<DocumentNode, Selection>();

/** Gives the selection of a document against the subgraph's schema; fields of an interface or union count for each of its types. */
export function selectionOf(document: DocumentNode, schema: GraphQLSchema): Selection {
  const known = memo.get(document);
  if (known) return known;
  const fields = new Map<string, Set<string>>();
  const add = (type: string, field: string) =>
    fields.set(type, (fields.get(type) ?? new Set<string>()).add(field));
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        if (!parent) return;
        const types = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
        for (const type of types) add(type.name, node.name.value);
      },
    }),
  );
  const selection = new Selection(fields);
  memo.set(document, selection);
  return selection;
}
