import { buildSchema, type GraphQLField, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { AccessRules } from './access.ts';
import type { Composed } from './composition.ts';

/** What whoever meets a contract may be given. */
interface Audience {
  readonly hasAccount: boolean;
  readonly scopes: readonly string[];
}

/** Without credentials: meets no rule at all. */
const anybody: Audience = { hasAccount: false, scopes: [] };

/**
 * The scopes that a partner's manifest may name. They stand here once more beside `server/access/grants.ts`, because
 * this desk imports no runtime code; a test holds them equal.
 */
export const partnerScopes = ['awards:verify', 'export:read'] as const;

const audienceOf = (contract: string): Audience =>
  contract === 'public' ? anybody : { hasAccount: true, scopes: partnerScopes };

/**
 * The rules of access that composition does not know (docs/access.md): nothing is open by oversight, and nothing exists
 * in a contract that answers its own audience with an error. Gives one sentence for each breach; a graph without
 * contracts has none.
 */
export const lintAccess = (
  api: GraphQLSchema,
  { access, contracts }: Pick<Composed, 'access' | 'contracts'>,
): string[] =>
  contracts.size === 0 ? [] : [...undeclaredRoots(api, access, contracts), ...outOfReach(access, contracts)];

/** The coordinates whose rules a field must meet: its type's, its own, and those of what it gives. */
const coordinatesOf = (type: string, { name, type: given }: GraphQLField<unknown, unknown>): string[] => [
  type,
  `${type}.${name}`,
  getNamedType(given).name,
];

/** A root says whose it is: by a rule, its own or of what it gives, or by being public. A mutation has a rule of its own. */
function undeclaredRoots(
  api: GraphQLSchema,
  access: AccessRules,
  contracts: Composed['contracts'],
): string[] {
  const open = buildSchema(contracts.get('public') || 'type Query { none: Int }')
    .getQueryType()
    ?.getFields();
  const queries = Object.values(api.getQueryType()?.getFields() ?? {})
    .filter((field) => !open?.[field.name] && !coordinatesOf('Query', field).some((each) => access[each]))
    .map(({ name }) => `Query.${name} is everybody's by oversight: give it a rule, or the tag public.`);
  const mutations = Object.keys(api.getMutationType()?.getFields() ?? {})
    .filter((name) => !access[`Mutation.${name}`])
    .map((name) => `Mutation.${name} has no rule: say which scopes it takes.`);
  return [...queries, ...mutations];
}

function outOfReach(access: AccessRules, contracts: Composed['contracts']): string[] {
  return [...contracts].flatMap(([contract, sdl]) => {
    if (!sdl) return [`The contract ${contract} holds nothing: no root has its tag.`];
    const audience = audienceOf(contract);
    return fieldsOf(buildSchema(sdl)).flatMap(([type, field]) =>
      coordinatesOf(type, field)
        .filter((each) => !isMetBy(audience, access[each] ?? {}))
        .map(
          (each) =>
            `${type}.${field.name} has the tag ${contract}, which can never meet the rule of ${each}: take the tag away.`,
        ),
    );
  });
}

const fieldsOf = (schema: GraphQLSchema): [type: string, field: GraphQLField<unknown, unknown>][] =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).map((field) => [type.name, field] as [string, typeof field])
      : [],
  );

/** A policy is met by people alone: it speaks of one person's part in an act. */
const isMetBy = (
  { hasAccount, scopes }: Audience,
  { authenticated, requiresScopes, policy }: AccessRules[string],
): boolean =>
  (hasAccount || !authenticated) &&
  (requiresScopes ?? [[]]).some((all) => all.every((scope) => scopes.includes(scope))) &&
  policy === undefined;
