import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { read } from './cases.ts';

/** What must hold of the named operations whatever the data: sums, dense rows, pages that join without a gap. */

const campaign = 'BCA-2021-COVID-TDDB';
const partner = { 'x-demo-viewer': 'role=PARTNER; scopes=awards:verify export:read' };

let graph: TestGraph;
beforeAll(async () => {
  graph = await startGraph('memory');
});
afterAll(() => graph.stop());

/** Asks a named operation, or a text of its own, and gives the data. */
async function ask<Data>(
  operation: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<Data> {
  const query = operation.includes('{') ? operation : read(operation);
  const { data, errors } = await graph.ask(query, { ...variables }, headers);
  expect(errors).toBeUndefined();
  return data as Data;
}

interface Reading {
  readonly rows: readonly {
    readonly keys: readonly { readonly code: string }[];
    readonly values: readonly { readonly value: number }[];
  }[];
  readonly totals: readonly { readonly value: number }[];
  readonly unallocated: readonly { readonly value: number }[];
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** Gives rows and what no row holds, added up measure by measure. */
const added = ({ rows, unallocated }: Reading): number[] =>
  unallocated.map(({ value }, index) => value + sum(rows.map(({ values }) => values[index]?.value ?? 0)));

const totalsOf = ({ totals }: Reading): number[] => totals.map(({ value }) => value);

test.each([null, 'T01.1', 'T44.1'])('D9: the funnel under %s adds up to all dossiers', async (under) => {
  const found = await ask<{ campaign: { awardFunnel: { count: number }[] } }>('award-funnel', {
    campaign,
    under,
  });
  const { awardDossiers } = await ask<{ awardDossiers: { totalCount: number } }>(
    'query ($filter: DossierFilter) { awardDossiers(filter: $filter) { totalCount } }',
    { filter: { campaign: [campaign], ...(under ? { under: [under] } : {}) } },
  );
  expect(sum(found.campaign.awardFunnel.map(({ count }) => count))).toBe(awardDossiers.totalCount);
  expect(awardDossiers.totalCount).toBeGreaterThan(0);
});

test.each(['BCA', 'T01.1'])(
  'D12: both readings under %s have the same totals, and all is in them',
  async (under) => {
    const code = 'X00004.2';
    const { asReported, asOf } = await ask<Record<'asReported' | 'asOf', Reading>>('merger-of-2025', {
      code,
      campaign,
      under,
    });
    expect(totalsOf(asOf)).toEqual(totalsOf(asReported));
    expect([added(asReported), added(asOf)]).toEqual([totalsOf(asReported), totalsOf(asOf)]);
    expect(asOf.rows.map(({ keys }) => keys)).not.toEqual(asReported.rows.map(({ keys }) => keys));
  },
);

test('D3: every province of the day has a row, and the rows add up', async () => {
  const month = { code: '2022-05' };
  const { supportRollup } = await ask<{ supportRollup: Reading }>('support-by-province', {
    campaign,
    during: month,
  });
  const { units } = await ask<{ units: { nodes: { provinceCode: string }[] } }>(
    '{ units(filter: { level: [PROVINCE], existsOn: "2022-05-31" }) { nodes { provinceCode } } }',
  );
  const codes = supportRollup.rows.map(({ keys }) => keys[0]?.code).filter((code) => code !== 'NONE');
  expect(codes).toEqual(units.nodes.map(({ provinceCode }) => provinceCode));
  expect(added({ ...supportRollup, unallocated: supportRollup.totals.map(() => ({ value: 0 })) })).toEqual(
    totalsOf(supportRollup),
  );
});

test('D4: no month and no kind is left out, and the rows add up', async () => {
  const { supportRollup } = await ask<{ supportRollup: Reading }>('support-trend', {
    campaign,
    under: 'T45.1',
    during: { from: '2021-08-01', before: '2022-07-01' },
  });
  const { supportKinds } = await ask<{ supportKinds: object[] }>('{ supportKinds { code } }');
  expect(supportRollup.rows).toHaveLength(11 * supportKinds.length);
  expect(added(supportRollup)).toEqual(totalsOf(supportRollup));
});

test('D6: what is missing is listed, and every report is received, missing or still to come', async () => {
  interface Row {
    readonly expected: number;
    readonly received: number;
    readonly onTime: number;
    readonly late: number;
    readonly missing: number;
  }
  const { campaign: found } = await ask<{
    campaign: { completeness: { nodes: Row[]; total: Row & { missingReports: { totalCount: number } } } };
  }>('report-completeness', { campaign, under: 'BCA', period: { code: '2021-11' } });
  const { nodes, total } = found.completeness;
  for (const row of [...nodes, total]) {
    expect(row.received).toBe(row.onTime + row.late);
    expect(row.expected).toBe(row.received + row.missing);
  }
  expect(sum(nodes.map(({ missing }) => missing))).toBe(total.missing);
  expect(total.missingReports.totalCount).toBe(total.missing);
});

test('P4: page after page gives every unit once, the closed ones as tombstones', async () => {
  const kinds = new Map<string, string>();
  let page = {
    nodes: [] as { code: string; kind: string }[],
    endCursor: null as string | null,
    caughtUp: false,
  };
  while (!page.caughtUp) {
    ({ unitChanges: page } = await ask<{ unitChanges: typeof page }>(
      'partner-unit-directory',
      { first: 30, after: page.endCursor },
      partner,
    ));
    for (const { code, kind } of page.nodes) {
      expect(kinds.has(code)).toBe(false);
      kinds.set(code, kind);
    }
  }
  const { units } = await ask<{ units: { nodes: { code: string; status: string }[] } }>(
    '{ units(first: 100) { nodes { code status } } }',
  );
  const expected = units.nodes.map(({ code, status }) => [
    code,
    status === 'CLOSED' ? 'TOMBSTONE' : 'UPSERT',
  ]);
  expect(new Map([...kinds].sort())).toEqual(new Map((expected as [string, string][]).sort()));
});

test.each([
  ['a revoked award', 'XYVY-T3K6-3S2K-2N5B-SX1S', { status: 'REVOKED', revokedOn: '2025-11-05' }],
  ['a code as somebody types it', 'dj89 dbkr z4nj q23w zz16', { status: 'VALID', revokedOn: null }],
  ['a code of nobody', '7K2M-Q4XD-9R0T-HV3B-W6EN', { status: 'UNKNOWN', form: null, decision: null }],
])('P5: %s is answered by its status', async (_, verifyCode, verifyAward) => {
  expect(await ask('partner-verify-award', { verifyCode }, partner)).toMatchObject({ verifyAward });
});

test('P6: pages of any size join to the same rows', async () => {
  const rowsBy = async (first: number): Promise<object[]> => {
    const rows: object[] = [];
    let after: string | null = null;
    for (;;) {
      const { supportExport } = (await ask('partner-support-export', { first, after }, partner)) as {
        supportExport: { nodes: object[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      rows.push(...supportExport.nodes);
      if (!supportExport.pageInfo.hasNextPage) return rows;
      after = supportExport.pageInfo.endCursor;
    }
  };
  const whole = await rowsBy(100);
  expect(whole.length).toBeGreaterThan(150);
  expect(await rowsBy(37)).toEqual(whole);
});
