import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { testVolumes } from '../harness/volumes.ts';
import { CAMPAIGN, codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';
import { type Fact, factsOf, naiveRollup, type Question } from './naiveRollup.ts';

let graph: OpenedActivities;
let facts: readonly Fact[];

beforeAll(async () => {
  graph = await openActivities({
    volumes: { ...testVolumes, activities: 320, deliveries: 900, households: 500, houses: 32 },
  });
  facts = factsOf(graph);
});
afterAll(() => graph.close());

const query = `query ($input: SupportRollupInput!) {
  supportRollup(input: $input) {
    rows { keys { dimension code } values { metric value previous additive suppressed } }
    totals { metric value previous suppressed }
    unallocated { metric value suppressed }
    rowsMayOverlap
    period { from before }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Value {
  readonly metric: string;
  readonly value: number | null;
  readonly previous: number | null;
  readonly suppressed: boolean;
}
interface Rollup {
  readonly rows: readonly {
    readonly keys: readonly { readonly code: string }[];
    readonly values: readonly Value[];
  }[];
  readonly totals: readonly Value[];
  readonly unallocated: readonly Value[];
  readonly rowsMayOverlap: boolean;
  readonly period: { readonly from: string; readonly before: string };
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function rollup(input: Readonly<Record<string, unknown>>, viewer?: Viewer): Promise<Rollup> {
  const { data, errors } = await graph.ask(query, { input: { first: 5_000, ...input } }, viewer);
  expect(errors).toBeUndefined();
  return data.supportRollup;
}

const refused = async (input: Readonly<Record<string, unknown>>, viewer?: Viewer): Promise<unknown[]> =>
  codesOf(await graph.ask(query, { input }, viewer));

const table = ({ rows }: Pick<Rollup, 'rows'>): Record<string, (number | null)[]> =>
  Object.fromEntries(
    rows.map(({ keys, values }) => [
      keys.map(({ code }) => code).join('|'),
      values.map(({ value }) => value),
    ]),
  );

const numbers = (values: readonly Value[]): (number | null)[] => values.map(({ value }) => value);

const dimensions = [
  'CHILD_UNIT',
  'PROVINCE',
  'REGION',
  'LEVEL',
  'MONTH',
  'WEEK',
  'PHASE',
  'KIND',
  'GROUP',
  'FUNDING',
  'CONTENT_ITEM',
];
const metrics = [
  'ACTIVITIES',
  'DELIVERIES',
  'AMOUNT',
  'PLANNED_AMOUNT',
  'PEOPLE_TARGETED',
  'PEOPLE_REACHED',
  'HOUSEHOLDS',
  'HOUSES',
  'HOUSES_OVERDUE',
  'DISTINCT_HOUSEHOLDS',
];

/** Any question about the campaign, as reported. */
const questions: fc.Arbitrary<Question> = fc.record({
  groupBy: fc.uniqueArray(fc.constantFrom(...dimensions), { maxLength: 3 }),
  metrics: fc.uniqueArray(fc.constantFrom(...metrics), { minLength: 1, maxLength: 4 }),
  under: fc.constantFrom(null, 'BCA', 'T01.1', 'H001.1', 'T44.1'),
  during: fc.constantFrom(null, '2021', '2021-Q4', '2021-09', '2022-H1'),
  kind: fc.constantFrom(null, ['HO_TRO_VAT_CHAT'], ['TRI_AN', 'HOC_BONG']),
  group: fc.constantFrom(null, null, ['NGUOI_NGHEO'], ['NGUOI_CAO_TUOI', 'TRE_MO_COI']),
});

const inputOf = ({ groupBy, metrics: asked, under, during, kind, group }: Question) => ({
  groupBy,
  metrics: asked,
  filter: {
    campaign: [CAMPAIGN],
    ...(under ? { under: [under] } : {}),
    ...(during ? { during: { code: during } } : {}),
    ...(kind ? { kind } : {}),
    ...(group ? { group } : {}),
  },
});

describe('as reported', () => {
  it('answers any question as a plain loop over all activities does', async () => {
    await fc.assert(
      fc.asyncProperty(questions, async (question) => {
        const answer = await rollup(inputOf(question));
        const expected = naiveRollup(facts, question);
        expect(table(answer)).toEqual(expected.rows);
        expect(numbers(answer.totals)).toEqual(expected.totals);
        expect(numbers(answer.unallocated)).toEqual(question.metrics.map(() => 0));
      }),
      { numRuns: 40, seed: 2021 },
    );
  });

  it('counts an activity for two groups in both rows and once in the total, and says so', async () => {
    const answer = await rollup({ filter: { campaign: [CAMPAIGN] }, groupBy: ['GROUP'] });
    const sum = answer.rows.reduce((total, { values }) => total + (values[0]?.value ?? 0), 0);
    expect(answer.rowsMayOverlap).toBe(true);
    expect(sum).toBeGreaterThan(answer.totals[0]?.value ?? 0);
  });

  it('shares money out over its sources exactly', async () => {
    const answer = await rollup({ filter: {}, groupBy: ['FUNDING'], metrics: ['AMOUNT', 'PLANNED_AMOUNT'] });
    const sums = [0, 1].map((at) =>
      answer.rows.reduce((total, { values }) => total + (values[at]?.value ?? 0), 0),
    );
    expect(sums).toEqual(numbers(answer.totals));
  });
});

describe('in the tree of a day', () => {
  const asOf = (date: string) => ({ mode: 'AS_OF', asOf: date });

  it('has the grand totals of the reading as reported, whatever is asked by', async () => {
    const inTree = fc.record({
      question: questions.filter(({ under }) => under === null || under === 'BCA'),
      date: fc.constantFrom('2021-09-01', '2025-03-01', '2025-06-30', '2025-07-01', '2026-01-01'),
    });
    await fc.assert(
      fc.asyncProperty(inTree, async ({ question, date }) => {
        const input = inputOf(question);
        const [reported, moved] = await Promise.all([
          rollup(input),
          rollup({ ...input, hierarchy: asOf(date) }),
        ]);
        expect(numbers(moved.totals)).toEqual(numbers(reported.totals));
        if (moved.rowsMayOverlap) return;
        moved.totals.forEach(({ metric, value }, at) => {
          if (metric === 'DISTINCT_HOUSEHOLDS') return;
          const sum = moved.rows.reduce((total, { values }) => total + (values[at]?.value ?? 0), 0);
          expect(sum + (moved.unallocated[at]?.value ?? 0)).toBe(value);
        });
      }),
      { numRuns: 20, seed: 2025 },
    );
  });

  it('is the reading as reported on a day before the first reorganisation', async () => {
    for (const groupBy of [['CHILD_UNIT', 'KIND'], ['PROVINCE', 'MONTH'], ['REGION'], ['LEVEL']]) {
      const input = { filter: { under: ['BCA'] }, groupBy, metrics };
      const moved = await rollup({ ...input, hierarchy: asOf('2021-09-01') });
      const reported = await rollup(input);
      expect(table(moved)).toEqual(table(reported));
      expect(moved.unallocated.every(({ value }) => value === 0)).toBe(true);
    }
  });

  it('moves the facts of a merged province to its successor, and keeps visible what nobody can place', async () => {
    const metricsOf = ['ACTIVITIES', 'AMOUNT'];
    const input = { filter: { under: ['BCA'] }, groupBy: ['CHILD_UNIT'], metrics: metricsOf };
    const before = table(await rollup(input));
    const after = table(await rollup({ ...input, hierarchy: asOf('2026-01-01') }));
    const old = ['T44.1', 'T45.1'].filter((code) => !(code in after));
    expect(old.length).toBeGreaterThan(0);
    const sum = (rows: typeof before, codes: readonly string[]) =>
      codes.reduce((total, code) => total + (rows[code]?.[0] ?? 0), 0);
    const successors = Object.keys(after).filter((code) => !(code in before));
    expect(sum(after, [...successors, 'T44.1', 'T45.1'])).toBe(sum(before, ['T44.1', 'T45.1']));

    const inCapital = await rollup({ ...input, filter: { under: ['T01.1'] }, hierarchy: asOf('2026-01-01') });
    expect(inCapital.rows.length).toBeGreaterThan(0);
  });

  it('refuses a top that did not exist on the day, and two trees in one question', async () => {
    expect(await refused({ filter: { under: ['H001.1'] }, hierarchy: asOf('2026-01-01') })).toEqual([
      'INPUT_INVALID',
    ]);
    expect(
      await refused({ filter: { hierarchy: { mode: 'AS_REPORTED' } }, hierarchy: asOf('2026-01-01') }),
    ).toEqual(['INPUT_INVALID']);
    expect(await refused({ filter: {}, hierarchy: { mode: 'AS_REPORTED', asOf: '2026-01-01' } })).toEqual([
      'INPUT_INVALID',
    ]);
  });
});

describe('rows of zeros', () => {
  it('gives every month of the period, every kind, every province of then', async () => {
    const filter = { campaign: [CAMPAIGN], during: { from: '2021-07-01', before: '2022-07-01' } };
    const months = await rollup({ filter, groupBy: ['MONTH'], includeZero: true });
    expect(months.rows.map(({ keys }) => keys[0]?.code)).toEqual([
      ...['07', '08', '09', '10', '11', '12'].map((month) => `2021-${month}`),
      ...['01', '02', '03', '04', '05', '06'].map((month) => `2022-${month}`),
    ]);
    expect(months.rows[0]?.values[0]?.value).toBe(0);
    const kinds = await rollup({
      filter: { during: { code: '2020' } },
      groupBy: ['KIND'],
      includeZero: true,
    });
    expect(kinds.rows).toHaveLength(10);
    const provinces = await rollup({
      filter: { campaign: [CAMPAIGN] },
      groupBy: ['PROVINCE'],
      includeZero: true,
    });
    expect(provinces.rows.map(({ keys }) => keys[0]?.code)).toEqual(['01', '44', '45', 'NONE']);
  });

  it('gives the units under the top on the day of the tree', async () => {
    const children = (date: string) =>
      graph.tree.copies.filter(({ versions }) =>
        versions.some(
          ({ path, from, before }) =>
            from <= date && (before === null || date < before) && /^\/BCA\/T01\.1\/[^/]+\/$/u.test(path),
        ),
      );
    for (const date of ['2021-09-01', '2026-01-01']) {
      const answer = await rollup({
        filter: { under: ['T01.1'], during: { code: '2020' } },
        groupBy: ['CHILD_UNIT'],
        includeZero: true,
        hierarchy: { mode: 'AS_OF', asOf: date },
      });
      expect(Object.keys(table(answer)).sort()).toEqual(
        children(date)
          .map(({ code }) => code)
          .sort(),
      );
    }
  });

  it('refuses more rows than a rollup may have, before it reads', async () => {
    const input = {
      filter: { during: { from: '1900-01-01', before: '2100-01-01' } },
      groupBy: ['WEEK', 'KIND'],
      includeZero: true,
    };
    expect(await refused(input)).toEqual(['COST_EXCEEDED']);
    expect(await refused({ filter: {}, groupBy: ['KIND', 'GROUP', 'MONTH', 'WEEK'] })).toEqual([
      'COST_EXCEEDED',
    ]);
  });
});

describe('comparing, sorting, paging', () => {
  it('puts the third month of the period compared with beside the third month of the period asked', async () => {
    const of = (code: string) => ({ filter: { campaign: [CAMPAIGN], during: { code } }, groupBy: ['MONTH'] });
    const [now, then] = [
      await rollup({ ...of('2022-Q1'), compareWith: { code: '2021-Q4' } }),
      await rollup(of('2021-Q4')),
    ];
    expect(now.rows.map(({ values }) => values[0]?.previous)).toEqual(
      then.rows.map(({ values }) => values[0]?.value),
    );
    expect(now.totals[0]?.previous).toBe(then.totals[0]?.value);
  });

  it('pages through the rows in the order asked, each row once', async () => {
    const input = {
      filter: { campaign: [CAMPAIGN] },
      groupBy: ['PROVINCE', 'KIND'],
      sort: [{ metric: 'AMOUNT', direction: 'DESC' }],
    };
    const whole = await rollup(input);
    const paged: Rollup['rows'][number][] = [];
    let after: string | null = null;
    do {
      const page: Rollup = await rollup({ ...input, first: 7, after });
      paged.push(...page.rows);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(paged).toEqual(whole.rows);
    const amounts = paged.map(({ values }) => values[1]?.value ?? 0);
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a));
  });

  it('binds a cursor to the question', async () => {
    const first = await rollup({ filter: {}, groupBy: ['KIND'], first: 2 });
    const after = first.pageInfo.endCursor;
    expect(await refused({ filter: {}, groupBy: ['MONTH'], first: 2, after })).toEqual(['CURSOR_MISMATCH']);
    expect(await refused({ filter: {}, groupBy: ['KIND'], first: 2, after: 'x' })).toEqual([
      'CURSOR_INVALID',
    ]);
  });

  it.each([
    ['a dimension twice', { filter: {}, groupBy: ['KIND', 'KIND'] }, 'DIMENSION_IMPOSSIBLE'],
    ['no measure', { filter: {}, metrics: [] }, 'INPUT_INVALID'],
    [
      'children of two units',
      { filter: { under: ['T01.1', 'T44.1'] }, groupBy: ['CHILD_UNIT'] },
      'DIMENSION_IMPOSSIBLE',
    ],
    ['phases of no campaign', { filter: {}, groupBy: ['PHASE'] }, 'DIMENSION_IMPOSSIBLE'],
    ['a sort by another dimension', { filter: {}, sort: [{ dimension: 'KIND' }] }, 'DIMENSION_IMPOSSIBLE'],
    ['a sort by nothing', { filter: {}, sort: [{}] }, 'INPUT_INVALID'],
    ['a sort by what is not asked', { filter: {}, sort: [{ metric: 'HOUSES' }] }, 'INPUT_INVALID'],
    ['an unknown unit', { filter: { under: ['T99.1'] } }, 'INPUT_INVALID'],
    ['an unknown campaign', { filter: { campaign: ['NO-SUCH'] } }, 'INPUT_INVALID'],
    ['a whole campaign of none', { filter: { during: { relative: 'WHOLE_CAMPAIGN' } } }, 'PERIOD_INVALID'],
    ['too many rows of a page', { filter: {}, first: 5_001 }, 'PAGE_SIZE'],
  ])('refuses %s', async (_, input, code) => {
    expect(await refused(input)).toEqual([code]);
  });

  it('gives partners at most 500 rows', async () => {
    const partner: Viewer = { ...publicViewer, role: 'PARTNER' };
    expect(await refused({ filter: {}, first: 501 }, partner)).toEqual(['PAGE_SIZE']);
  });
});

describe('what few people could be known by', () => {
  it('is hidden from a viewer outside, and cannot be had back from the total', async () => {
    const asked = fc.record({
      groupBy: fc.constantFrom(['MONTH'], ['PROVINCE', 'GROUP'], ['CHILD_UNIT', 'GROUP'], ['WEEK', 'KIND']),
      under: fc.constantFrom('BCA', 'T01.1', 'T45.1'),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ groupBy, under }) => {
        const input = { filter: { under: [under] }, groupBy, metrics: ['HOUSEHOLDS', 'AMOUNT'] };
        const [open, guarded] = [await rollup(input), await rollup(input, publicViewer)];
        const truth = table(open);
        const shown = table(guarded);
        expect(Object.keys(shown)).toEqual(Object.keys(truth));
        const hidden = Object.keys(truth).filter((key) => shown[key]?.[0] === null);
        for (const [key, [value, amount]] of Object.entries(truth)) {
          if ((value ?? 0) > 0 && (value ?? 0) < 5) expect(hidden).toContain(key);
          if (!hidden.includes(key)) expect(shown[key]).toEqual([value, amount]);
          expect(shown[key]?.[1]).toBe(amount);
        }
        for (const { values } of guarded.rows) {
          expect(values[0]?.suppressed).toBe(values[0]?.value === null);
        }
        if (hidden.length === 1) expect(guarded.totals[0]?.value).toBeNull();
      }),
      { numRuns: 12, seed: 5 },
    );
  });

  it('is shown to a viewer whose subtree it is', async () => {
    const commander: Viewer = { ...publicViewer, role: 'COMMANDER', unitPath: '/BCA/T01.1/' };
    const input = { filter: { under: ['T01.1'] }, groupBy: ['WEEK', 'GROUP'], metrics: ['HOUSEHOLDS'] };
    const own = await rollup(input, commander);
    expect(own.rows.some(({ values }) => (values[0]?.value ?? 9) < 5)).toBe(true);
    expect(own.rows.every(({ values }) => values[0]?.suppressed === false)).toBe(true);
    const others = await rollup({ ...input, filter: { under: ['T45.1'] } }, commander);
    expect(others.rows.some(({ values }) => values[0]?.suppressed)).toBe(true);
  });
});

describe('its price', () => {
  it('is the same for one row and for many', async () => {
    const price = async (input: Readonly<Record<string, unknown>>) => {
      const { commands, errors } = await graph.ask(query, { input: { first: 5_000, ...input } });
      expect(errors).toBeUndefined();
      return commands;
    };
    expect(await price({ filter: {}, groupBy: [] })).toBe(2);
    expect(await price({ filter: {}, groupBy: ['MONTH', 'LEVEL', 'CONTENT_ITEM'] })).toBe(2);
    expect(await price({ filter: { under: ['T01.1'] }, groupBy: ['CHILD_UNIT', 'WEEK'] })).toBe(3);
    expect(await price({ filter: { campaign: [CAMPAIGN] }, groupBy: ['GROUP', 'KIND'] })).toBe(4);
    expect(
      await price({
        filter: { campaign: [CAMPAIGN] },
        groupBy: ['PROVINCE'],
        metrics: ['DISTINCT_HOUSEHOLDS', 'AMOUNT'],
        hierarchy: { mode: 'AS_OF', asOf: '2026-01-01' },
      }),
    ).toBe(6);
  });

  it('names units and provinces by one command for all rows', async () => {
    const { data, commands } = await graph.ask(
      `{ supportRollup(input: { filter: {}, groupBy: [PROVINCE] }) { rollupVersion rows { keys { code unit { id } } } } }`,
    );
    expect(commands).toBe(3);
    const idOf = (code: string) => graph.tree.copies.find((unit) => unit.code === code)?.id;
    expect(data.supportRollup.rows.map(({ keys }: { keys: unknown[] }) => keys[0])).toEqual([
      { code: '01', unit: { id: idOf('T01.1') } },
      { code: '44', unit: { id: idOf('T44.1') } },
      { code: '45', unit: { id: idOf('T45.1') } },
      { code: 'NONE', unit: null },
    ]);
    expect(data.supportRollup.rollupVersion).toBe('support-1-0');
  });
});
