import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  print,
  type TypeDefinitionNode,
  type TypeExtensionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** What one type or field asks of whoever selects it, as its SDL says. */
interface Rule {
  authenticated?: true;
  requiresScopes?: string[][];
  policy?: string[][];
}

/** Rules by schema coordinate, `Type` or `Type.field`. */
export type AccessRules = Record<string, Rule>;

type Holder = TypeDefinitionNode | TypeExtensionNode;

/**
 * Reads the rules off an SDL, a subgraph's own or a supergraph's: `@authenticated`, `@requiresScopes` and `@policy`
 * (Federation 2.5 and 2.6). Coordinates are in the order of the alphabet.
 */
export function accessRulesOf(document: DocumentNode): AccessRules {
  const rules: AccessRules = {};
  for (const node of document.definitions) {
    if (!isHolder(node)) continue;
    add(rules, node.name.value, node.directives);
    if (!('fields' in node)) continue;
    for (const field of (node.fields ?? []) as readonly FieldDefinitionNode[])
      add(rules, `${node.name.value}.${field.name.value}`, field.directives);
  }
  return Object.fromEntries(Object.entries(rules).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isHolder = (node: DocumentNode['definitions'][number]): node is Holder =>
  /^(Object|Interface|Scalar|Enum)Type(Definition|Extension)$/u.test(node.kind);

function add(
  rules: AccessRules,
  coordinate: string,
  directives: readonly ConstDirectiveNode[] | undefined,
): void {
  const rule = { ...rules[coordinate] };
  for (const directive of directives ?? []) {
    const { value } = directive.name;
    const lists = () => valueFromASTUntyped((directive.arguments ?? [])[0]?.value ?? noLists) as string[][];
    if (value === 'authenticated') rule.authenticated = true;
    if (value === 'requiresScopes') rule.requiresScopes = lists();
    if (value === 'policy') rule.policy = lists();
  }
  if (Object.keys(rule).length > 0) rules[coordinate] = rule;
}

const noLists = { kind: Kind.LIST, values: [] } as const;

const directives = new Set(['authenticated', 'requiresScopes', 'policy']);
const scalars = new Set(['requiresScopes__Scope', 'policy__Policy']);

type Named = { readonly name: { readonly value: string } };

const isAccess = ({ name }: Named): boolean => directives.has(name.value);

/** Whether a definition carries a rule itself. */
export const hasRule = (node: { readonly directives?: readonly ConstDirectiveNode[] | undefined }): boolean =>
  (node.directives ?? []).some(isAccess);

/**
 * Parts a composed supergraph into what the gateway executes and who may ask it: `@apollo/gateway` refuses to load a
 * supergraph that links the directives of access, and enforces none of them (HOUSE, Facts about the platform).
 */
export function partAccess(supergraphSdl: string): { supergraph: string; access: AccessRules } {
  const document = parse(supergraphSdl, { noLocation: true });
  const supergraph = visit(document, {
    Directive: { enter: (node) => (isAccess(node) || isAccessLink(node) ? null : undefined) },
    DirectiveDefinition: { enter: (node) => (isAccess(node) ? null : undefined) },
    ScalarTypeDefinition: { enter: ({ name }) => (scalars.has(name.value) ? null : undefined) },
  });
  return { supergraph: `${print(supergraph)}\n`, access: accessRulesOf(document) };
}

const isAccessLink = (node: DirectiveNode): boolean =>
  node.name.value === 'link' &&
  (node.arguments ?? []).some(({ value }) => value.kind === Kind.STRING && accessSpec.test(value.value));

const accessSpec = /specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\//u;
