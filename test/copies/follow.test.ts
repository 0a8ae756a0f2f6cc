import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type SeedDoors, seed } from '../../database/seed/seed.ts';
import type { CampaignCopy, DomainEvent, UnitCopy } from '../../schema/events.ts';
import type { Work } from '../../subgraphs/work.ts';
import { openDoors } from '../harness/doors.ts';
import { testVolumes } from '../harness/volumes.ts';

/** The owners' feeds are played by the test, so that every order of events can be tried. */
let connection: Connection;
let doors: SeedDoors;
const works: Work[] = [];
const feeds: Record<string, DomainEvent[]> = { units: [], campaigns: [] };

const followers = ['campaigns', 'activities', 'awards'] as const;

const say = (source: 'units' | 'campaigns', copy: UnitCopy | CampaignCopy): void => {
  const feed = feeds[source] ?? [];
  feed.push({
    seq: feed.length + 1,
    id: randomUUID(),
    type: source === 'units' ? 'Unit' : 'Campaign',
    entityId: copy.id,
    version: copy.version,
    action: 'test',
    at: new Date().toISOString(),
    copy: copy as unknown as DomainEvent['copy'],
  });
};

const applied = () =>
  vi.waitUntil(
    async () => {
      const states = await Promise.all(
        followers.map(async (name) => ({ name, ...(await doors[name].status()) })),
      );
      // Its own events a subgraph reads itself, from where it writes them.
      return states.every(({ name, follows }) =>
        follows.every(({ source, position }) => source === name || position === (feeds[source]?.length ?? 0)),
      );
    },
    { timeout: 20_000, interval: 50 },
  );

const rows = (name: string) => connection.collection<{ _id: string }>(name);

/** The copy as awards keep it, the shape in which a feed tells it. */
const copyOf = async (filter: object): Promise<UnitCopy> => {
  const { _id, ...rest } = (await rows('awards_units').findOne(filter)) as unknown as UnitCopy & {
    _id: string;
  };
  return { ...rest, id: _id };
};

/** A commune that has an activity, with its district. */
const busyCommune = async (): Promise<UnitCopy> => {
  const living = { 'versions.before': null, 'versions.level': 'COMMUNE' };
  for await (const { _id } of rows('awards_units').find(living)) {
    if (await rows('activities_activities').findOne({ unitId: _id })) return copyOf({ _id });
  }
  const closed = await rows('activities_activities').findOne({ levelAtEvent: 'COMMUNE' } as object);
  return copyOf({ _id: (closed as unknown as { unitId: string }).unitId });
};

beforeAll(async () => {
  ({ connection, doors } = await openDoors(inject('mongodbUri'), `test_${randomUUID().slice(0, 8)}`));
  for (const door of Object.values(doors)) await door.migrate();
  await seed({ doors, name: 'test', volumes: testVolumes });
  for (const name of followers) {
    const feedOf = (source: string) => ({
      events: async ({ after }: { after: number }) => {
        const found = (feeds[source] ?? []).filter(({ seq }) => seq > after);
        if (found.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        return found;
      },
    });
    works.push(doors[name].start({ feedOf, onError: (error) => console.error(name, error) }));
  }
});

afterAll(async () => {
  await Promise.all(works.map((work) => work.stop()));
  await connection.dropDatabase();
  await connection.close();
});

/** The unit with its last version ended, and one at another path from that day. */
const moved = (unit: UnitCopy, path: string, from: string): UnitCopy => {
  const last = unit.versions.at(-1);
  if (!last) throw new Error('a unit without a version');
  const kept = unit.versions.slice(0, -1);
  return {
    ...unit,
    versions: [...kept, { ...last, before: from }, { ...last, path, from, before: null }],
    version: unit.version + 1,
  };
};

describe('a unit that moves', () => {
  it('takes its records along for sums and for who may see them; what was reported stays as reported', async () => {
    const unit = await busyCommune();
    const before = await rows('activities_activities')
      .find({ unitId: unit.id } as object)
      .toArray();
    const path = `/BCA/T01.1/${unit.code}/`;
    say('units', moved(unit, path, '2026-01-01'));
    await applied();
    const after = await rows('activities_activities')
      .find({ unitId: unit.id } as object)
      .toArray();
    expect(before.length).toBeGreaterThan(0);
    expect(after).toEqual(before.map((row) => ({ ...row, unitPath: path, scopePath: path })));
    for (const name of followers) {
      expect(await rows(`${name}_units`).findOne({ _id: unit.id })).toMatchObject({
        version: unit.version + 1,
      });
    }
  });

  it('takes the records of the units along that it took over, and of those that these took over', async () => {
    const chain = await rows('awards_units').findOne({ successorId: { $ne: null } } as object);
    const closed = await copyOf({ _id: chain?._id });
    const successor = await copyOf({ _id: closed.successorId });
    const facts = { unitId: closed.id };
    const [own] = closed.versions.slice(-1);
    await rows('awards_dossiers').updateMany({}, { $set: facts } as never);
    const path = `/BCA/T44.2/${successor.code}/`;
    say('units', moved(successor, path, '2026-01-02'));
    await applied();
    const [dossier] = await rows('awards_dossiers')
      .find(facts as object)
      .toArray();
    expect(dossier).toMatchObject({ unitPath: own?.path, scopePath: path });
  });

  it('is not moved back by an older event that comes late, nor twice by one that comes again', async () => {
    const unit = await busyCommune();
    const newer = moved(unit, `/BCA/T44.2/${unit.code}/`, '2026-01-03');
    say('units', newer);
    say('units', unit);
    say('units', newer);
    await applied();
    const found = await copyOf({ _id: unit.id });
    expect(found).toEqual(newer);
  });
});

describe('a campaign that changes', () => {
  it('is known in its new state, new ones too', async () => {
    const row = await rows('awards_campaigns').findOne({});
    const { _id, ...rest } = row as unknown as CampaignCopy & { _id: string };
    const closed: CampaignCopy = { ...rest, id: _id, status: 'CLOSED', version: rest.version + 1 };
    const added: CampaignCopy = { ...closed, id: 'cmp_new', code: 'NEW', version: 1 };
    say('campaigns', closed);
    say('campaigns', { ...closed, status: 'ACTIVE', version: rest.version });
    say('campaigns', added);
    await applied();
    for (const name of ['activities', 'awards']) {
      expect(await rows(`${name}_campaigns`).findOne({ _id })).toMatchObject({ status: 'CLOSED' });
      expect(await rows(`${name}_campaigns`).findOne({ _id: 'cmp_new' })).toMatchObject({ code: 'NEW' });
    }
  });
});
