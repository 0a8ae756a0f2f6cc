import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';

/** Mutations through the whole graph, by both carriers. All of them are tried or refused: the shared data stays as it is. */

const admin = { 'x-demo-viewer': 'role=ADMIN; unit=/BCA/' };
const officer = { 'x-demo-viewer': 'role=OFFICER; unit=/BCA/T01.1/' };
const english = { 'accept-language': 'en' };

const openUnit = /* GraphQL */ `
  mutation ($input: OpenUnitInput!) {
    openUnit(input: $input) {
      unit { code }
      plan { total rows { code change pathBefore pathAfter } facts { path reports: progressReports supportActivities dossiers } }
      userErrors { code severity path message }
    }
  }
`;
const division = (version: number, over: object = {}) => ({
  input: {
    idempotencyKey: randomUUID(),
    unit: {
      code: 'V99999.1',
      level: 'DIVISION',
      name: { vi: 'Phòng 99' },
      parent: { code: 'T01.1', expectedVersion: version },
    },
    effectiveOn: '2026-01-12',
    decision: { number: '01/QĐ-BCA', date: '2026-01-10' },
    dryRun: true,
    ...over,
  },
});

const createCampaign = /* GraphQL */ `
  mutation ($input: CreateCampaignInput!) {
    createCampaign(input: $input) { campaign { id } userErrors { code path message text { vi en } } }
  }
`;
const campaignOf = (owner: string, draft: object = {}) => ({
  input: {
    idempotencyKey: randomUUID(),
    code: 'TEST-2026',
    owner,
    draft: { kind: 'THEMATIC', title: { vi: 'Phong trào thử' }, issuedOn: '2026-01-05', ...draft },
  },
});

describe.each(carriers)('mutations by %s', (carrier) => {
  let graph: TestGraph;
  let version: number;
  beforeAll(async () => {
    graph = await startGraph(carrier);
    const { data } = await graph.ask('{ unit(code: "T01.1") { version } }');
    version = (data as { unit: { version: number } }).unit.version;
  });
  afterAll(() => graph.stop());

  it('try a change without doing it', async () => {
    const { price: _, ...tried } = await graph.ask(openUnit, division(version), admin);
    expect(tried).toEqual({
      data: {
        openUnit: {
          unit: null,
          plan: {
            total: 1,
            rows: [
              { code: 'V99999.1', change: 'OPENED', pathBefore: null, pathAfter: '/BCA/T01.1/V99999.1/' },
            ],
            facts: [],
          },
          userErrors: [],
        },
      },
    });
    const { data } = await graph.ask('{ unit(code: "V99999.1") { code } }');
    expect(data).toEqual({ unit: null });
  });

  it('say with one fetch from each part of the graph what a change would move along', async () => {
    const { data } = await graph.ask(
      '{ units(filter: { level: [COMMUNE], status: [ACTIVE], under: ["T01.1"] }, first: 2) { nodes { code version path } } }',
    );
    const { units } = data as { units: { nodes: { code: string; version: number; path: string }[] } };
    const [one, other] = units.nodes;
    const at = (unit = one) => ({ code: unit?.code, expectedVersion: unit?.version });
    const asked = await graph.ask(
      /* GraphQL */ `
        mutation ($input: CloseUnitInput!) {
          closeUnit(input: $input) {
            plan { facts { path campaigns progressReports supportActivities houses dossiers awards } }
            userErrors { code }
          }
        }
      `,
      {
        input: {
          ...division(version).input,
          unit: at(),
          successors: [{ ...at(other), share: 'FULL' }],
        },
      },
      admin,
    );
    expect(asked.data).toEqual({
      closeUnit: {
        plan: {
          facts: [
            {
              path: one?.path,
              campaigns: expect.any(Number),
              progressReports: expect.any(Number),
              supportActivities: expect.any(Number),
              houses: expect.any(Number),
              dossiers: expect.any(Number),
              awards: expect.any(Number),
            },
          ],
        },
        userErrors: [],
      },
    });
    expect(asked.price.fetches).toEqual({ units: 1, campaigns: 1, activities: 1, awards: 1 });
  });

  it('tell of rules in the language of the request, at the place in the input', async () => {
    const input = campaignOf('T01.1', { endsOn: '2026-01-01' });
    const [vi, en] = await Promise.all([
      graph.ask(createCampaign, input, officer),
      graph.ask(createCampaign, input, { ...officer, ...english }),
    ]);
    const errorsOf = (answer: typeof vi) =>
      (
        answer.data as {
          createCampaign: { userErrors: { text: { vi: string; en: string }; message: string }[] };
        }
      ).createCampaign.userErrors;
    expect(errorsOf(vi)).toMatchObject([{ code: 'CAMPAIGN_DATES', path: ['input', 'draft', 'endsOn'] }]);
    expect(errorsOf(vi)[0]?.message).toBe(errorsOf(vi)[0]?.text.vi);
    expect(errorsOf(en)[0]?.message).toBe(errorsOf(vi)[0]?.text.en);
  });

  it.each([
    ['the ministry’s dashboard, which writes no plans', {}, 'T01.1', 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['an officer of another unit', officer, 'T44.2', 'OUT_OF_SUBTREE'],
    ['the public', { 'x-demo-viewer': 'role=PUBLIC' }, 'T01.1', 'UNAUTHORIZED_FIELD_OR_TYPE'],
  ])('refuse %s', async (_, headers: Record<string, string>, owner, code) => {
    const { data, errors } = await graph.ask(createCampaign, campaignOf(owner), headers);
    expect(data).toEqual({ createCampaign: null });
    expect(errors).toMatchObject([{ path: ['createCampaign'], extensions: { code } }]);
  });

  it('tell a version of yesterday, an unknown parent and a wrong shape apart', async () => {
    const outcome = async (over: object) => {
      const { data } = await graph.ask(openUnit, division(version, over), admin);
      const { openUnit: payload } = data as {
        openUnit: { userErrors: { code: string; path: string[] }[] };
      };
      return payload.userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
    };
    const unit = division(version).input.unit;
    expect(
      await outcome({ unit: { ...unit, parent: { code: 'T01.1', expectedVersion: version + 1 } } }),
    ).toEqual([expect.stringMatching(/^VERSION_CONFLICT /u)]);
    expect(await outcome({ unit: { ...unit, parent: { code: 'T99.9', expectedVersion: 1 } } })).toEqual([
      expect.stringMatching(/^NOT_FOUND /u),
    ]);
    expect(await outcome({ unit: { ...unit, name: { vi: 'x'.repeat(5_000) } } })).toEqual([
      'INPUT_INVALID input.unit.name.vi',
    ]);
  });

  it('refuse what the schema refuses before anything is fetched', async () => {
    const asked = await graph.ask(openUnit, division(version, { effectiveOn: '2026-02-30' }), admin);
    expect(asked.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(asked.price.fetches).toEqual({});
  });

  it('run one after the other, each done or refused by itself', async () => {
    const asked = await graph.ask(
      /* GraphQL */ `
        mutation ($one: OpenUnitInput!, $two: CreateCampaignInput!, $three: OpenUnitInput!) {
          one: openUnit(input: $one) { plan { total } userErrors { code } }
          two: createCampaign(input: $two) { userErrors { code } }
          three: openUnit(input: $three) { plan { total } userErrors { code } }
        }
      `,
      {
        one: division(version).input,
        two: campaignOf('T01.1').input,
        three: division(version, { decision: { number: '01/QĐ-BCA' } }).input,
      },
      admin,
    );
    expect(asked.data).toMatchObject({
      one: { plan: { total: 1 }, userErrors: [] },
      two: null,
      three: { plan: null, userErrors: [{ code: 'INPUT_INVALID' }] },
    });
    expect(asked.errors).toMatchObject([
      { path: ['two'], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } },
    ]);
  });
});
