import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers } from '../harness/graph.ts';
import { startWatched, type WatchedGraph } from './watchedGraph.ts';

/** A name and numbers that stand nowhere else in the world: of the never-issued province 000. */
const name = 'Quàng Thị Ẩn Tích';
const numbers = ['000293847561', '000293847562', '000293847563'] as const;
const traces = [name, 'Ẩn Tích', 'Quàng Thị', ...numbers, '293847561', '293847562', '293847563'];

const escaped = (text: string): string =>
  text.replace(/[^ -~]/gu, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text as bytes may hold it: plain, in two bytes a character, in base64, escaped in JSON or in a URL. */
const formsOf = (text: string): Buffer[] => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(
    Buffer.from(text)
      .toString('base64')
      .replace(/[^=]?=+$/u, ''),
  ),
  Buffer.from(escaped(text)),
  Buffer.from(encodeURIComponent(text)),
];

/** Which of the traces stand in something. */
const tracesIn = (found: string | Buffer): string[] => {
  const bytes = Buffer.isBuffer(found) ? found : Buffer.from(found);
  return traces.filter((trace) => formsOf(trace).some((form) => bytes.includes(form)));
};

const mutation = `mutation ($input: RecordDeliveryInput!) { recordDelivery(input: $input) {
  activity { id version } userErrors { code message params { name value } } } }`;
const read = `query ($id: ID!) { supportActivity(id: $id) { id beneficiaries(purpose: "Đối chiếu danh sách cuối đợt") {
  nodes { id version displayName idTail audit { nodes { action reason changes { field before after } } } } } } }`;
const forget = (field: 'withdrawConsent' | 'eraseBeneficiary', type: string) =>
  `mutation ($input: ${type}!) { ${field}(input: $input) { beneficiary { id displayName } userErrors { code } } }`;
const person = (idNumber: string) => ({ idNumber, displayName: name, consent: 'GIVEN', householdSize: 3 });
const override = {
  acknowledge: ['DUPLICATE_SUPPORT'],
  acknowledgeReason: 'Đợt hai theo quyết định của ban chỉ đạo.',
};

describe.each(carriers)('names and numbers of households, by %s', (carrier) => {
  let graph: WatchedGraph;
  let activityId: string;
  let officer: string;
  let commander: string;
  const answers: unknown[] = [];

  beforeAll(async () => {
    graph = await startWatched(carrier);
    const activities = graph.connection.collection<{ _id: string; scopePath: string }>(
      'activities_activities',
    );
    const row = await activities.findOne({ campaignCode: 'BCA-2021-COVID-TDDB', levelAtEvent: 'COMMUNE' });
    activityId = row?._id ?? '';
    officer = `role=OFFICER; unit=${row?.scopePath}`;
    commander = `role=COMMANDER; unit=${row?.scopePath}`;
    const counts = { targeted: 40, reached: 0, households: 0 };
    const open = {
      kind: 'TIEN_MAT',
      status: 'IN_PROGRESS',
      startsOn: '2021-09-01',
      deliveries: 0,
      people: counts,
    };
    await activities.updateOne({ _id: activityId }, { $set: { ...open, groups: [], synthetic: false } });
  }, 120_000);
  afterAll(() => graph.stop());

  const versionNow = async () =>
    (await graph.connection.collection('activities_activities').findOne({ _id: activityId as never }))
      ?.version;
  const list = async (people: readonly object[], given: object = {}) => ({
    input: {
      idempotencyKey: randomUUID(),
      id: activityId,
      expectedVersion: await versionNow(),
      deliveredOn: '2021-09-02',
      people,
      ...given,
    },
  });
  /** Asks, and keeps of the answer what is no data: a name is given to whoever may read it. */
  const ask = async (body: object | string, viewer = officer) => {
    const answer = await graph.ask(body, viewer);
    answers.push({ status: answer.status, errors: answer.errors });
    return answer;
  };
  const record = async (people: readonly object[], given: object = {}, viewer = officer) => {
    const answer = await ask({ query: mutation, variables: await list(people, given) }, viewer);
    answers.push(answer.data);
    return answer;
  };
  const rows = async () =>
    (await ask({ query: read, variables: { id: activityId } })).data as never as {
      supportActivity: {
        beneficiaries: { nodes: { id: string; version: number; displayName: string | null }[] };
      };
    };
  const codes = ({ errors = [] }: { errors?: readonly { extensions?: object }[] }) =>
    errors.map(({ extensions }) => (extensions as { code?: string }).code);

  it('are written, refused, read and forgotten', async () => {
    expect((await record([person(numbers[0]), person(numbers[1])])).errors).toBeUndefined();
    expect((await record([person(numbers[0])])).data).toMatchObject({
      recordDelivery: { userErrors: [{ code: 'DUPLICATE_SUPPORT' }] },
    });
    expect((await record([person(numbers[0])], override, commander)).errors).toBeUndefined();
    const { nodes } = (await rows()).supportActivity.beneficiaries;
    const named = nodes.filter(({ displayName }) => displayName !== null);
    expect(named.map(({ displayName }) => displayName)).toEqual([name, name, name]);
    const [first, second] = named;
    for (const [query, row] of [
      [forget('withdrawConsent', 'WithdrawConsentInput'), first],
      [forget('eraseBeneficiary', 'EraseBeneficiaryInput'), second],
    ] as const) {
      const input = { idempotencyKey: randomUUID(), id: row?.id, expectedVersion: 1 };
      expect((await ask({ query, variables: { input } })).errors).toBeUndefined();
    }
  });

  it('are sent in every wrong way', async () => {
    const good = await list([person(numbers[2])]);
    const variables = { input: { ...good.input, people: [{ ...person(numbers[2]), extra: name }] } };
    expect(codes(await ask({ query: mutation, variables }))).toEqual(['BAD_USER_INPUT']);
    expect(codes(await record([person(numbers[2])], {}, 'role=MINISTRY; unit=/BCA/'))).toEqual([
      'UNAUTHORIZED_FIELD_OR_TYPE',
    ]);
    await record([{ ...person(`${numbers[2]}7`), group: 'KHONG_CO' }]);
    await record([{ ...person(numbers[2]), displayName: `${name} ${numbers[2]}` }]);
    await record(
      [person(numbers[0])],
      { ...override, acknowledgeReason: `Hộ có số ${numbers[0]} đề nghị.` },
      commander,
    );
    const literal = `mutation { recordDelivery(input: { idempotencyKey: "a-key-of-it", id: "${activityId}", expectedVersion: 1,
      deliveredOn: "2021-09-02", people: [{ idNumber: "${numbers[2]}", displayName: "${name}", area: 1 }] }) { userErrors { code } } }`;
    expect(codes(await ask({ query: literal }))).toContain('GRAPHQL_VALIDATION_FAILED');
    await ask({ query: literal.replace(', area: 1', '') });
    await ask({ query: `${literal.slice(0, -4)} "${name}` });
    await ask(`{"query": "mutation", "variables": {"idNumber": "${numbers[2]}", "displayName": "${name}"`);
    const purpose = read.replace('cuối đợt', `của số ${numbers[2]}`);
    expect(codes(await ask({ query: purpose, variables: { id: activityId } }))).toEqual(['INPUT_INVALID']);
    const url = `${graph.url}/graphql?query=${encodeURIComponent(literal)}&variables=${encodeURIComponent(JSON.stringify(good))}`;
    const byGet = await fetch(url, {
      headers: { 'x-demo-viewer': officer, 'apollo-require-preflight': '1' },
    });
    expect(byGet.status).toBeGreaterThanOrEqual(400);
    answers.push(await byGet.text());
  });

  it('meet a database that refuses, is lost and is slow, and a name that was altered', async () => {
    const variables = await list([person(numbers[2])]);
    const write = { query: mutation, variables };
    const codesWhile = async (body: object, mode: object | string, data: object) => {
      await graph.failing(mode, { failCommands: ['insert'], ...data });
      const found = codes(await ask(body));
      await graph.failing('off');
      return found;
    };
    expect(await codesWhile(write, { times: 1 }, { errorCode: 11_601 })).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(await codesWhile(write, 'alwaysOn', { closeConnection: true })).toHaveLength(1);
    expect(await codesWhile(write, { times: 9 }, { blockConnection: true, blockTimeMS: 3_000 })).toHaveLength(
      1,
    );
    const reading = { query: read, variables: { id: activityId } };
    expect(await codesWhile(reading, 'alwaysOn', { closeConnection: true })).toEqual([
      'DATABASE_UNAVAILABLE',
    ]);
    const deliveries = graph.connection.collection('activities_deliveries');
    await deliveries.updateOne(
      { activityId, displayName: { $ne: null } },
      { $set: { displayName: 'test.AAAA' } },
    );
    expect(codes(await ask({ query: read, variables: { id: activityId } }))).toContain(
      'PERSONAL_DATA_UNREADABLE',
    );
  }, 60_000);

  it('leave no trace in answers, logs, metrics, any collection or any file of the database', async () => {
    expect(tracesIn(JSON.stringify(answers))).toEqual([]);
    const logged = graph.logged();
    expect(logged).toContain('unexpected error');
    expect(logged).toContain('"level":"debug"');
    expect(tracesIn(logged)).toEqual([]);
    expect(tracesIn(await graph.metrics())).toEqual([]);
    const stored = await graph.stored();
    expect(stored).toContain('Đối chiếu danh sách cuối đợt');
    expect(tracesIn(stored)).toEqual([]);
    const files = await graph.files();
    // What is not secret is found in the same bytes by the same search.
    expect(files.includes('Đối chiếu danh sách cuối đợt')).toBe(true);
    expect(files.includes(activityId)).toBe(true);
    expect(tracesIn(files)).toEqual([]);
  });

  it('would be found if they were there', () => {
    for (const made of [
      `x ${name} y`,
      Buffer.from(`x${numbers[0]}`, 'utf16le'),
      Buffer.from(numbers[1]).toString('base64'),
    ])
      expect(tracesIn(made)).not.toEqual([]);
  });
});
