import {
  buildASTSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  printSchema,
  type TypeNode,
  visit,
} from 'graphql';
import { hasRule } from './access.ts';
import type { Source } from './sources.ts';

/**
 * Contracts: the part of the graph that exists for one kind of client, chosen by `@tag(name:)` (Apollo's word for the
 * same; `@apollo/gateway` has none). A tag on a type covers the fields that are written in that definition, and none
 * that another subgraph adds; a field with a rule of its own is tagged by itself, or is not in. A field is in when it is
 * tagged and what it gives is in; inputs, enums and scalars are in when a field that is in needs them.
 */

/** Gives the SDL of each contract by its tag, from the API's SDL and the subgraphs' own. */
export function contractsOf(api: string, sources: readonly Source[]): Map<string, string> {
  const tagged = taggedFields(sources);
  return new Map([...tagged.keys()].sort().map((tag) => [tag, contract(api, tagged.get(tag) ?? new Set())]));
}

/** Tags that say something else and make no contract: of `recorded` fields every reading is recorded. */
const markers = new Set(['recorded']);

/** Coordinates `Type.field` and names of unions, by tag. */
function taggedFields(sources: readonly Source[]): Map<string, Set<string>> {
  const tagged = new Map<string, Set<string>>();
  const add = (coordinate: string, ...holders: readonly Pick<FieldDefinitionNode, 'directives'>[]) => {
    for (const tag of holders.flatMap(tagsOf).filter((name) => !markers.has(name)))
      tagged.set(tag, (tagged.get(tag) ?? new Set()).add(coordinate));
  };
  for (const { sdl } of sources) {
    for (const node of parse(sdl, { noLocation: true }).definitions) {
      if (node.kind === Kind.UNION_TYPE_DEFINITION) add(node.name.value, node);
      if (!isHolder(node)) continue;
      for (const field of node.fields ?? [])
        add(`${node.name.value}.${field.name.value}`, field, ...(hasRule(field) ? [] : [node]));
    }
  }
  return tagged;
}

const tagsOf = ({ directives }: Pick<FieldDefinitionNode, 'directives'>): string[] =>
  (directives ?? []).flatMap(({ name, arguments: given }) => {
    const tag = given?.[0]?.value;
    return name.value === 'tag' && tag?.kind === Kind.STRING ? [tag.value] : [];
  });

type Holder = Pick<ObjectTypeDefinitionNode, 'name' | 'fields' | 'directives'>;

const isHolder = (node: DefinitionNode): node is DefinitionNode & Holder =>
  /^(Object|Interface)Type(Definition|Extension)$/u.test(node.kind);

function contract(api: string, tagged: ReadonlySet<string>): string {
  let definitions = parse(api, { noLocation: true }).definitions.flatMap((node) => withTagged(node, tagged));
  // A field goes with the type it gives, and a type with its last field: again, until nothing goes any more.
  for (let before = -1; before !== sizeOf(definitions); ) {
    before = sizeOf(definitions);
    const names = new Set(
      definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : [])),
    );
    definitions = definitions.flatMap((node) => withKnown(node, names));
    definitions = reachable(definitions);
  }
  return printSchema(buildASTSchema({ kind: Kind.DOCUMENT, definitions }));
}

const sizeOf = (definitions: readonly DefinitionNode[]): number =>
  definitions.reduce((sum, node) => sum + 1 + ('fields' in node ? (node.fields?.length ?? 0) : 0), 0);

function withTagged(node: DefinitionNode, tagged: ReadonlySet<string>): DefinitionNode[] {
  if (node.kind === Kind.UNION_TYPE_DEFINITION) return tagged.has(node.name.value) ? [node] : [];
  if (!isHolder(node)) return [node];
  const fields = node.fields?.filter(({ name }) => tagged.has(`${node.name.value}.${name.value}`)) ?? [];
  return fields.length > 0 ? [{ ...node, fields } as DefinitionNode] : [];
}

function withKnown(node: DefinitionNode, names: ReadonlySet<string>): DefinitionNode[] {
  const isKnown = (type: TypeNode): boolean => {
    const name = nameOf(type);
    return names.has(name) || builtIn.has(name);
  };
  if (node.kind === Kind.UNION_TYPE_DEFINITION) {
    const types = node.types?.filter(isKnown) ?? [];
    return types.length > 0 ? [{ ...node, types }] : [];
  }
  if (!isHolder(node)) return [node];
  const fields = node.fields?.filter(({ type }) => isKnown(type)) ?? [];
  const known = 'interfaces' in node ? { interfaces: node.interfaces?.filter(isKnown) ?? [] } : {};
  return fields.length > 0 ? [{ ...node, ...known, fields } as DefinitionNode] : [];
}

const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID']);

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

/** The definitions that a root needs, directly or through others. */
function reachable(definitions: readonly DefinitionNode[]): DefinitionNode[] {
  const byName = new Map(
    definitions.flatMap((node) => ('name' in node && node.name ? [[node.name.value, node] as const] : [])),
  );
  const seen = new Set<string>();
  const walk = (name: string): void => {
    const node = byName.get(name);
    if (!node || seen.has(name)) return;
    seen.add(name);
    visit(node, { NamedType: { enter: (type) => walk(type.name.value) } });
  };
  for (const root of ['Query', 'Mutation']) walk(root);
  return definitions.filter((node) => 'name' in node && node.name && seen.has(node.name.value));
}
