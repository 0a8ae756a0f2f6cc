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
