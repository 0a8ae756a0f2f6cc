import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

const number = '000200123456';
const person = { idNumber: number, displayName: 'Phạm Thị Tư', consent: 'GIVEN' };
const input = {
  idempotencyKey: 'a-key-of-the-test',
  id: 'act_1',
  expectedVersion: 1,
  deliveredOn: '2021-09-01',
};
const mutation = `mutation ($input: RecordDeliveryInput!) {
  recordDelivery(input: $input) { activity { id } userErrors { code } } }`;

describe.each(carriers)('a list of households sent to the graph (%s)', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  it.each([
    ['nobody', 'role=PUBLIC'],
    ['a partner', 'role=PARTNER; scopes=people:read'],
    ['the commander above', 'role=COMMANDER; unit=/BCA/'],
    ['an officer elsewhere', 'role=OFFICER; unit=/BCA/T99.1/'],
    ['the ministry', 'role=MINISTRY; unit=/BCA/; scopes=people:read'],
    ['an administrator of data protection', 'role=ADMIN; unit=/BCA/; policies=data-protection'],
  ])('is not read by %s, and no entry says that it was', async (_, viewer) => {
    const listed = await graph.connection.collection('activities_deliveries').findOne({});
    const audit = graph.connection.collection('activities_audit');
    const before = await audit.countDocuments();
    const read = `query ($id: ID!) { supportActivity(id: $id) {
      beneficiaries(purpose: "Đối chiếu danh sách") { nodes { id displayName idTail } } } }`;
    const { data, errors } = await graph.ask(read, { id: listed?.activityId }, { 'x-demo-viewer': viewer });
    const { supportActivity } = (data ?? { supportActivity: null }) as {
      supportActivity: { beneficiaries: unknown } | null;
    };
    expect(supportActivity?.beneficiaries ?? null).toBeNull();
    // To a partner the field does not exist.
    for (const { extensions } of errors ?? [])
      expect(['FORBIDDEN', 'UNAUTHORIZED_FIELD_OR_TYPE', 'GRAPHQL_VALIDATION_FAILED']).toContain(
        extensions?.code,
      );
    expect(supportActivity === null || (errors?.length ?? 0) > 0).toBe(true);
    expect(await audit.countDocuments()).toBe(before);
  });

  it.each<[string, string, object | undefined, string]>([
    ['by the ministry', mutation, { input: { ...input, people: [person] } }, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    [
      'with a field too many',
      mutation,
      { input: { ...input, people: [{ ...person, extra: 1 }] } },
      'BAD_USER_INPUT',
    ],
    [
      'with a field of another type',
      mutation,
      { input: { ...input, people: [{ ...person, householdSize: 'x' }] } },
      'BAD_USER_INPUT',
    ],
    [
      'as one household',
      mutation,
      { input: { ...input, people: { ...person, consent: 'X' } } },
      'BAD_USER_INPUT',
    ],
    [
      'with a number as a number',
      mutation,
      { input: { ...input, people: [{ ...person, idNumber: Number(number) }] } },
      'UNAUTHORIZED_FIELD_OR_TYPE',
    ],
    [
      'in the document itself',
      `mutation { recordDelivery(input: { idempotencyKey: "a-key-of-the-test", id: "act_1", expectedVersion: 1,
        deliveredOn: "2021-09-01", people: [{ idNumber: "${number}", displayName: "${person.displayName}", area: 1 }] }) {
        userErrors { code } } }`,
      undefined,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is refused without being repeated: %s', async (_, query, variables, code) => {
    const { data, errors } = await graph.ask(query, variables as Record<string, unknown> | undefined);
    expect(errors?.map(({ extensions }) => extensions?.code)).toContain(code);
    expect(JSON.stringify({ data, errors })).not.toMatch(/200123456|Phạm/u);
  });
});

it('a row of a household is reached by its list and by the payload of its own mutations, and by no other road', () => {
  const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'), { assumeValidSDL: true });
  const personal = new Set(['idTail', 'idHash', 'idNumber', 'householdId']);
  const roads = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          personal.has(field.name) || /^Beneficiary(Connection|Edge)?$/u.test(getNamedType(field.type).name)
            ? [`${type.name}.${field.name}`]
            : [],
        )
      : [],
  );
  expect(roads.toSorted()).toEqual([
    'Beneficiary.idTail',
    'BeneficiaryConnection.edges',
    'BeneficiaryConnection.nodes',
    'BeneficiaryEdge.node',
    'BeneficiaryPayload.beneficiary',
    'SupportActivity.beneficiaries',
  ]);
  // No key: another subgraph, or who asks for _entities, cannot name one.
  expect(readFileSync('schema/supergraph.graphql', 'utf8')).toMatch(
    /^type Beneficiary\s+@join__type\(graph: ACTIVITIES\)\s*\{/mu,
  );
});
