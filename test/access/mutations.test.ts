import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  parse,
  print,
  visit,
} from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { accessRulesOf } from '../../schema/access.ts';
import { grants } from '../../server/access/grants.ts';
import { meets } from '../../server/access/rules.ts';
import type { Role, Viewer } from '../../server/viewer.ts';
import { activities } from '../../subgraphs/activities/index.ts';
import { awards } from '../../subgraphs/awards/index.ts';
import { campaigns } from '../../subgraphs/campaigns/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import { schemaOf } from '../../subgraphs/subgraph.ts';
import { units } from '../../subgraphs/units/index.ts';
import { testKey } from '../harness/doors.ts';

/**
 * The SDL says which scopes a mutation takes, the table which roles hold them, and each command which roles it is for.
 * The three agree: each mutation is sent, as nonsense, by each role through a door that has no rules.
 */

const roles: readonly Role[] = ['PUBLIC', 'PARTNER', 'OFFICER', 'COMMANDER', 'MINISTRY', 'ADMIN'];
const viewerOf = (role: Role): Viewer => ({
  subject: 'test',
  role,
  unitPath: '/BCA/T01.1/',
  scopes: Object.keys(grants),
  policies: ['data-protection'],
  locale: 'EN',
});

/** Values that pass for the scalars that are no plain text. */
const scalars: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  VND: 1,
  Date: '2021-08-15',
  DateTime: '2021-08-15T00:00:00.000Z',
  PeriodCode: '2021',
  UnitCode: 'T01.1',
  CampaignCode: 'BCA-2021-COVID-TDDB',
  IdentityNumber: '001234567890',
  SupportKindCode: 'TANG_QUA',
  BeneficiaryGroupCode: 'NGUOI_NGHEO',
  FundingSourceCode: 'XA_HOI_HOA',
  AwardFormCode: 'BK_BCA',
};

/** The least that GraphQL takes for a type. Its texts are one letter, too short for any key: no command begins. */
function leastOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return [];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return scalars[type.name] ?? 'X';
  const required = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(required.map((field) => [field.name, leastOf(field.type)]));
}

const withoutRules = (sdl: string): string =>
  print(
    visit(parse(sdl), { Directive: { enter: ({ name }) => (isRule.test(name.value) ? null : undefined) } }),
  );
const isRule = /^(authenticated|requiresScopes|policy)$/u;

describe.each([
  ['units', units, 8],
  ['campaigns', campaigns, 31],
  ['activities', activities, 13],
  ['awards', awards, 16],
] as const)('the mutations of %s', (_, definition, count) => {
  let connection: Connection;
  beforeAll(async () => {
    connection = await createConnection(inject('mongodbUri'), {
      dbName: inject('sharedDatabase'),
      autoIndex: false,
    }).asPromise();
  });
  afterAll(() => connection.close());

  const rules = accessRulesOf(parse(definition.sdl));
  const mutations = Object.values(schemaOf(definition).getMutationType()?.getFields() ?? {});

  test('are all known here', () => expect(mutations).toHaveLength(count));

  test.each(mutations)('$name is for the roles that hold its scopes', async ({ name, args }) => {
    const open = openSubgraph({ ...definition, sdl: withoutRules(definition.sdl) } as never, {
      connection,
      secrets: { pii: [testKey('test')], retentionMonths: 24 },
      logUnexpected: (error) => expect.fail(String(error)),
    });
    const [input] = args;
    const asked = {
      document: `mutation ($input: ${input?.type}) { ${name}(input: $input) { userErrors { code } } }`,
      variables: { input: input && leastOf(input.type) },
      requestId: 'test',
    };
    const allowed: Role[] = [];
    for (const role of roles) {
      const { data, errors } = await open.ask({ ...asked, viewer: viewerOf(role) });
      if (!errors) {
        allowed.push(role);
        expect(data).toEqual({ [name]: { userErrors: expect.arrayContaining([{ code: 'INPUT_INVALID' }]) } });
      } else expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FORBIDDEN' } }]);
    }
    const rule = rules[`Mutation.${name}`] ?? expect.fail('the mutation has no rule');
    expect(roles.filter((role) => meets(viewerOf(role), rule))).toEqual(allowed);
  });
});
