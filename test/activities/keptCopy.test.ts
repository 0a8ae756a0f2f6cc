import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Work } from '../../subgraphs/work.ts';
import { type AskChanges, keepCopy, numbered, startAlone } from '../harness/keptCopy.ts';
import { key, type OpenedPlanning, openPlanning } from './planningDoor.ts';

let door: OpenedPlanning;
let work: Work;
beforeAll(async () => {
  door = await openPlanning();
  work = startAlone(door.graph.door);
});
afterAll(async () => {
  await work.stop();
  await door.graph.close();
});

const fields = 'code status startsOn title { vi } version';
const changes: AskChanges = async (args) => {
  const { data, errors } = await door.graph.ask(
    `query ($after: String, $first: Int!, $since: DateTime) {
      supportActivityChanges(after: $after, first: $first, since: $since) {
        nodes { kind id node { ${fields} } } endCursor caughtUp } }`,
    args,
  );
  if (errors) throw new Error(String(errors[0]?.extensions?.code));
  return data.supportActivityChanges;
};

/** All that were not called off, as the list gives them. */
async function standing(): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (let after: string | null = null; ; ) {
    const { data } = await door.graph.ask(
      `query ($after: String) { supportActivities(first: 100, after: $after, filter: { not: { status: [CANCELLED] } }) {
        nodes { id ${fields} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    for (const { id, ...activity } of data.supportActivities.nodes) found.set(id, activity);
    if (!data.supportActivities.pageInfo.hasNextPage) return found;
    after = data.supportActivities.pageInfo.endCursor;
  }
}

const days = ['2021-08-25', '2021-09-10', '2021-10-05', '2021-11-02'] as const;
const groups = ['NGUOI_NGHEO', 'NGUOI_CAO_TUOI', 'TRE_EM'] as const;
const planOf = (day: number, group: number, targeted: number) =>
  door.plan({
    startsOn: days[day % days.length],
    groups: [{ group: groups[group % groups.length], targeted }],
  });

const writes = ['plan', 'replan', 'cancel', 'approve'] as const;
const write = fc.record({
  write: fc.constantFrom(...writes),
  which: fc.nat(1_000),
  day: fc.nat(3),
  targeted: fc.integer({ min: 1, max: 60 }),
});
type Write = typeof write extends fc.Arbitrary<infer T> ? T : never;

const done = new Set<string>();

/** Does what an officer or the commander does; gives the activity before and after, where it was done. */
async function doWrite({ write: kind, which, day, targeted }: Write) {
  const own = await door.rows('activities', { unitCode: door.commune.code, synthetic: false });
  const before = own[which % Math.max(own.length, 1)];
  const at = { idempotencyKey: key(), id: before?._id, expectedVersion: before?.version };
  const plan = planOf(day, which, targeted);
  if (kind !== 'plan' && !before) return [];
  const reason = 'Hoãn vì thời tiết xấu kéo dài.';
  const payload =
    kind === 'plan'
      ? await door.send('planActivity', door.input({ plan }))
      : kind === 'replan'
        ? await door.send('updateActivityPlan', { ...at, plan })
        : kind === 'cancel'
          ? await door.send('cancelActivity', { ...at, reason }, door.commander)
          : await door.send('approveActivity', at, door.commander);
  if (!payload.activity) return [];
  done.add(kind);
  const [after] = await door.rows('activities', { _id: payload.activity.id });
  return [...(before && kind !== 'plan' ? [before] : []), after ?? {}];
}

test('whatever is written while it is read, a copy that is caught up equals the list of what stands', async () => {
  const page = fc.record({ page: fc.integer({ min: 1, max: 60 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(page, write), { minLength: 8, maxLength: 16 }), async (steps) => {
      const copy = keepCopy(changes);
      for (const each of steps) {
        if ('page' in each) await copy.readPage(each.page);
        else await doWrite(each);
      }
      await numbered(door.graph.connection, 'activities');
      await copy.catchUp();
      expect(copy.records).toEqual(await standing());
    }),
    { numRuns: 12, seed: 2021 },
  );
  expect([...done].toSorted()).toEqual(writes.toSorted());
});

describe('an export that is read while others write', () => {
  interface Row {
    readonly unitCode: string;
    readonly kind: string;
    readonly group: string;
    readonly month: string;
    readonly amount: number;
  }
  const rowsOf = async (first: number, between: () => Promise<void>): Promise<Row[]> => {
    const found: Row[] = [];
    for (let after: string | null = null; ; ) {
      const { data, errors } = await door.graph.ask(
        `query ($first: Int!, $after: String) { supportExport(first: $first, after: $after) {
          nodes { unitCode kind group month amount targeted reached } pageInfo { hasNextPage endCursor } } }`,
        { first, after },
      );
      expect(errors).toBeUndefined();
      found.push(...data.supportExport.nodes);
      if (!data.supportExport.pageInfo.hasNextPage) return found;
      after = data.supportExport.pageInfo.endCursor;
      await between();
    }
  };
  const keyOf = ({ month, unitCode, kind, group }: Row): string => [month, unitCode, kind, group].join(' ');

  test('gives every row that nobody touched once and unchanged, and no row twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5, max: 40 }),
        fc.array(write, { minLength: 6, maxLength: 10 }),
        async (first, given) => {
          const before = await rowsOf(100, async () => {});
          const touched = new Set<string>();
          const waiting = [...given];
          const during = await rowsOf(first, async () => {
            const next = waiting.pop();
            for (const activity of next ? await doWrite(next) : []) {
              const { month, unitCode, kind } = activity as unknown as Row;
              for (const { code } of activity.groups as { code: string }[])
                touched.add(keyOf({ month, unitCode, kind, group: code, amount: 0 }));
            }
          });
          const keys = during.map(keyOf);
          expect(keys).toEqual([...new Set(keys)].toSorted());
          const untouched = (rows: Row[]) => rows.filter((row) => !touched.has(keyOf(row)));
          expect(untouched(during)).toEqual(untouched(before));
        },
      ),
      { numRuns: 5 },
    );
  });
});
