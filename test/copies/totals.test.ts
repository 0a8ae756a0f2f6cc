import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { openWritable, type WritableDoors } from '../harness/writable.ts';

/** Changes of the tree of units, as the units' own commands make them, followed by everybody who keeps copies. */

const admin = (subject: string): Viewer => ({
  subject,
  role: 'ADMIN',
  unitPath: '/BCA/',
  scopes: [],
  locale: 'EN',
});
const today = '2026-01-15';
const decision = { number: '01/QĐ-BCA', date: '2026-01-10' };

interface Living {
  readonly code: string;
  readonly version: number;
}

const living = async ({ ask }: WritableDoors, level: string): Promise<Living[]> =>
  (
    await ask(
      'units',
      'query ($level: UnitLevel!) { units(filter: { level: [$level], status: [ACTIVE] }, first: 100) { nodes { code version } } }',
      { level },
    )
  ).units.nodes;

const at = ({ code, version }: Living) => ({ code, expectedVersion: version });

/** Runs a mutation on units; an outcome of the rules is as good as a change. Gives whether it was done. */
async function change({ ask }: WritableDoors, name: string, input: object, by = 'one'): Promise<unknown> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const record = name === 'mergeUnits' ? 'proposal { id version }' : 'unit { id }';
  const data = await ask(
    'units',
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${record} userErrors { code } } }`,
    { input: { idempotencyKey: randomUUID(), ...input } },
    admin(by),
  );
  return data[name].proposal ?? data[name].unit;
}

const dated = { effectiveOn: today, decision };
const kinds = ['move', 'merge', 'close into', 'close'] as const;

async function act(graph: WritableDoors, kind: (typeof kinds)[number], dice: number): Promise<boolean> {
  const communes = await living(graph, 'COMMUNE');
  const [one, other] = [communes[dice % communes.length], communes[(dice + 1) % communes.length]];
  const provinces = await living(graph, 'PROVINCE');
  const province = provinces[dice % provinces.length];
  if (!one || !other || !province || one.code === other.code) return false;
  switch (kind) {
    case 'move':
      return Boolean(await change(graph, 'moveUnit', { unit: at(one), parent: at(province), ...dated }));
    case 'close':
      return Boolean(
        await change(graph, 'closeUnit', {
          unit: at(one),
          noSuccessor: true,
          note: { vi: 'Không có đơn vị kế thừa.' },
          ...dated,
        }),
      );
    case 'close into':
      return Boolean(
        await change(graph, 'closeUnit', {
          unit: at(one),
          successors: [{ ...at(other), share: 'FULL' }],
          ...dated,
        }),
      );
    case 'merge': {
      const proposal = (await change(graph, 'mergeUnits', {
        sources: [at(one)],
        into: at(other),
        ...dated,
      })) as {
        id: string;
        version: number;
      } | null;
      if (!proposal) return false;
      const input = { id: proposal.id, expectedVersion: proposal.version };
      return Boolean(await change(graph, 'confirmUnitMerge', input, 'two'));
    }
  }
}

interface Values {
  readonly value: number;
}

async function rollup({ ask }: WritableDoors, hierarchy: object) {
  const { supportRollup } = await ask(
    'activities',
    `query ($input: SupportRollupInput!) {
      supportRollup(input: $input) { rows { values { value } } totals { value } unallocated { value } }
    }`,
    {
      input: {
        filter: { campaign: ['BCA-2021-COVID-TDDB'] },
        groupBy: ['PROVINCE'],
        metrics: ['ACTIVITIES', 'AMOUNT'],
        hierarchy,
      },
    },
  );
  const numbers = (values: readonly Values[]) => values.map(({ value }) => value);
  const rows: number[][] = [
    ...supportRollup.rows.map((row: { values: readonly Values[] }) => numbers(row.values)),
    numbers(supportRollup.unallocated),
  ];
  const added = rows.reduce((sums, row) => sums.map((sum, index) => sum + (row[index] ?? 0)), [0, 0]);
  return { totals: numbers(supportRollup.totals), added };
}

describe('whatever happens to units', () => {
  it('what was reported adds up to the same, as reported and as of today', async () => {
    const step = fc.tuple(fc.constantFrom(...kinds), fc.nat(1_000));
    let done = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
        const graph = await openWritable();
        try {
          const before = await rollup(graph, { mode: 'AS_REPORTED' });
          for (const [kind, dice] of steps) if (await act(graph, kind, dice)) done += 1;
          await graph.settled();
          const reported = await rollup(graph, { mode: 'AS_REPORTED' });
          const followed = await rollup(graph, { mode: 'AS_OF', asOf: today });
          expect(reported).toEqual(before);
          expect(reported.added).toEqual(reported.totals);
          expect(followed.totals).toEqual(reported.totals);
          expect(followed.added).toEqual(followed.totals);
        } finally {
          await graph.close();
        }
      }),
      { numRuns: 3 },
    );
    expect(done).toBeGreaterThan(5);
  }, 120_000);
});

describe('a change of units that is tried first', () => {
  it('says how much in the other parts of the graph would be read again', async () => {
    const graph = await openWritable();
    try {
      const [path] = await graph.connection
        .collection<{ unitPath: string }>('activities_activities')
        .distinct('unitPath', { levelAtEvent: 'COMMUNE' });
      const counts = await Promise.all(
        (['campaigns', 'activities', 'awards'] as const).map(async (door) => {
          const fields = {
            campaigns: 'campaigns progressReports',
            activities: 'supportActivities houses',
            awards: 'dossiers awards',
          }[door];
          const { _entities } = await graph.ask(
            door,
            `query ($r: [_Any!]!) { _entities(representations: $r) { ... on UnitFacts { ${fields} } } }`,
            { r: [{ __typename: 'UnitFacts', path }] },
          );
          return _entities[0];
        }),
      );
      const count = (name: string, field: string) =>
        graph.connection.collection(name).countDocuments({ [field]: { $regex: `^${path}` } });
      expect(Object.assign({}, ...counts)).toEqual({
        campaigns: await count('campaigns_campaigns', 'scopePath'),
        progressReports: await count('campaigns_reports', 'scopePath'),
        supportActivities: await count('activities_activities', 'unitPath'),
        houses: await count('activities_houses', 'unitPath'),
        dossiers: await count('awards_dossiers', 'unitPath'),
        awards: await count('awards_awards', 'unitPath'),
      });
      expect(counts[1].supportActivities).toBeGreaterThan(0);
    } finally {
      await graph.close();
    }
  });
});
