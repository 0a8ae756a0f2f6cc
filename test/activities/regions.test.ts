import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { regionOfProvince } from '../../database/seed/units/provinces.ts';
import { startGraph, type TestGraph } from '../harness/graph.ts';
import { codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';

const query = `query ($input: SupportRollupInput!) {
  supportRollup(input: $input) {
    rows { keys { code label { vi } region { code } } values { value } }
    totals { value }
    unallocated { value }
  }
}`;

interface Row {
  readonly keys: readonly [{ readonly code: string }];
  readonly values: readonly { readonly value: number }[];
}

const metrics = ['ACTIVITIES', 'AMOUNT', 'HOUSEHOLDS'];
/** The units are known on these days, and nothing was done yet. */
const beforeTheCampaign = { from: '2021-08-02', before: '2021-08-10' };
const asOf = (date: string) => ({ hierarchy: { mode: 'AS_OF', asOf: date } });

describe('regions of a rollup', () => {
  let graph: OpenedActivities;
  beforeAll(async () => {
    graph = await openActivities();
  });
  afterAll(() => graph.close());

  const ask = async (input: Readonly<Record<string, unknown>>) => {
    const answer = await graph.ask(query, { input: { filter: {}, metrics, ...input } });
    expect(codesOf(answer)).toEqual([]);
    return { ...answer.data.supportRollup, commands: answer.commands };
  };

  it.each([
    ['as reported', '2021-08-01', {}],
    ['on a day of 2021', '2021-08-01', asOf('2021-09-01')],
    ['on the day before the merger', '2021-08-01', asOf('2025-06-30')],
    ['on the day of the merger', '2025-07-01', asOf('2025-07-01')],
    ['today', '2025-07-01', asOf('2026-01-15')],
  ])('%s hold what their provinces hold by the list of the day', async (_, list, tree) => {
    const [regions, provinces] = [
      await ask({ groupBy: ['REGION'], ...tree }),
      await ask({ groupBy: ['PROVINCE'], ...tree }),
    ];
    const expected = new Map<string, number[]>();
    for (const { keys, values } of provinces.rows as readonly Row[]) {
      const code = keys[0].code === 'NONE' ? 'NONE' : (regionOfProvince(list, keys[0].code) ?? '?');
      const sums = expected.get(code) ?? metrics.map(() => 0);
      expected.set(
        code,
        sums.map((sum, at) => sum + (values[at]?.value ?? 0)),
      );
    }
    const found = new Map(
      (regions.rows as readonly Row[]).map(({ keys, values }) => [
        keys[0].code,
        values.map(({ value }) => value),
      ]),
    );
    expect(found).toEqual(expected);
    expect(found.size).toBe(3);
    expect(regions.totals).toEqual(provinces.totals);
    expect(regions.unallocated).toEqual(provinces.unallocated);
  });

  it('have rows of zeros by the provinces of the day, and only those of the unit asked for', async () => {
    const codes = async (input: Readonly<Record<string, unknown>>) => {
      const filter = { during: beforeTheCampaign, ...(input.filter as object) };
      const { rows } = await ask({ groupBy: ['REGION'], includeZero: true, ...input, filter });
      return (rows as readonly Row[]).map(({ keys }) => keys[0].code);
    };
    expect(await codes(asOf('2021-09-01'))).toEqual(['BAC_TRUNG_BO_DUYEN_HAI', 'DONG_BANG_SONG_HONG']);
    expect(await codes(asOf('2026-01-15'))).toEqual(['BAC_TRUNG_BO', 'DONG_BANG_SONG_HONG']);
    expect(await codes({ filter: { under: ['H001.1'] } })).toEqual(['DONG_BANG_SONG_HONG']);
  });

  it('are read as reported by one command beside that of the cube, whatever they are called', async () => {
    const { rows, commands } = await ask({ groupBy: ['REGION'] });
    expect(commands).toBe(2);
    expect(rows.map(({ keys }: { keys: unknown[] }) => keys[0])).toEqual([
      { code: 'BAC_TRUNG_BO_DUYEN_HAI', label: null, region: { code: 'BAC_TRUNG_BO_DUYEN_HAI' } },
      { code: 'DONG_BANG_SONG_HONG', label: null, region: { code: 'DONG_BANG_SONG_HONG' } },
      { code: 'NONE', label: { vi: 'Bộ và đơn vị trực thuộc Bộ' }, region: null },
    ]);
  });
});

describe('regions through the gateway', () => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph('memory');
  });
  afterAll(() => graph.stop());

  it('are named by their owner, all rows by one fetch and one command', async () => {
    const { data, errors, price } = await graph.ask(
      `{ supportRollup(input: { filter: {}, groupBy: [REGION] }) {
          rows { keys { code label { vi } region { name { vi en } } } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      supportRollup: {
        rows: [
          [
            'BAC_TRUNG_BO_DUYEN_HAI',
            { vi: 'Bắc Trung Bộ và duyên hải miền Trung', en: 'North Central and Central Coast' },
          ],
          ['DONG_BANG_SONG_HONG', { vi: 'Đồng bằng sông Hồng', en: 'Red River Delta' }],
          ['NONE', null],
        ].map(([code, name]) => ({
          keys: [
            {
              code,
              label: name ? null : { vi: 'Bộ và đơn vị trực thuộc Bộ' },
              region: name && { name },
            },
          ],
        })),
      },
    });
    expect(price).toEqual({
      fetches: { activities: 1, units: 1 },
      commands: { activities: 2, units: 1 },
    });
  });
});
