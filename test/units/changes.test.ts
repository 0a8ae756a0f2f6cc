import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commune, decision, faults, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits();
});
beforeEach(() => graph.reset());
afterAll(() => graph.drop());

const onDays = (code: string) => `{ unit(code: "${code}") {
  status events { kind effectiveOn decision { number date } note { vi } }
  versions { validFrom validBefore name { vi } path parent { unit { code } } provinceCode region { code } }
  predecessors { from { code } share primary } successors { to { code } share primary effectiveOn }
} }`;

describe('opening a unit', () => {
  it('gives it a place, a beginning and an event, and tells others', async () => {
    const answer = await graph.run('openUnit', {
      unit: {
        ...commune('X90001.1', await graph.at('H450.1'), 'Công an phường Nam Lý Mới'),
        place: { adminCode: '90001', listDate: '2025-07-01' },
      },
    });
    expect(answer).toEqual({
      unit: {
        code: 'X90001.1',
        name: { vi: 'Công an phường Nam Lý Mới' },
        status: 'ACTIVE',
        path: '/BCA/T44.1/H450.1/X90001.1/',
        version: 1,
        existsFrom: '2026-01-15',
        existsBefore: null,
        parent: { code: 'H450.1' },
      },
      plan: {
        total: 1,
        rows: [
          {
            code: 'X90001.1',
            level: 'COMMUNE',
            change: 'OPENED',
            pathBefore: null,
            pathAfter: '/BCA/T44.1/H450.1/X90001.1/',
          },
        ],
        facts: [],
      },
      userErrors: [],
    });
    expect((await graph.ask(onDays('X90001.1'))).unit).toEqual({
      status: 'ACTIVE',
      events: [{ kind: 'OPEN', effectiveOn: '2026-01-15', decision, note: null }],
      versions: [
        {
          validFrom: '2026-01-15',
          validBefore: null,
          name: { vi: 'Công an phường Nam Lý Mới' },
          path: '/BCA/T44.1/H450.1/X90001.1/',
          parent: { unit: { code: 'H450.1' } },
          provinceCode: '44',
          region: { code: 'BAC_TRUNG_BO_DUYEN_HAI' },
        },
      ],
      predecessors: [],
      successors: [],
    });
    // Found by its name, and by its short name without marks.
    const found = await graph.ask('{ searchUnits(text: "nam ly moi") { unit { code shortName } } }');
    expect(found.searchUnits).toEqual([{ unit: { code: 'X90001.1', shortName: 'Nam Lý Mới' } }]);
  });

  it('opens a province with its own code and region', async () => {
    await graph.run('openUnit', {
      unit: {
        code: 'T99.1',
        level: 'PROVINCE',
        name: { vi: 'Công an tỉnh Mới' },
        parent: await graph.at('BCA'),
        region: 'TAY_NGUYEN',
      },
    });
    const { unit } = await graph.ask('{ unit(code: "T99.1") { provinceCode region { code } } }');
    expect(unit).toEqual({ provinceCode: '99', region: { code: 'TAY_NGUYEN' } });
  });
});

describe('renaming a unit', () => {
  it('keeps its code while only the word for its kind changes, and its former name is remembered', async () => {
    const unit = await graph.at('X18901.1');
    const name = { vi: 'Công an xã Quy Đạt' };
    const answer = await graph.run('renameUnit', { unit, name });
    expect(answer).toMatchObject({
      unit: { code: 'X18901.1', name, version: 2 },
      plan: { total: 1, rows: [{ change: 'RENAMED' }], facts: [] },
    });
    const { unit: read } = await graph.ask(
      '{ unit(code: "X18901.1") { shortName otherNames { kind name { vi } from before } } }',
    );
    expect(read).toEqual({
      shortName: 'Quy Đạt',
      otherNames: [
        {
          kind: 'FORMER',
          name: { vi: 'Công an thị trấn Quy Đạt' },
          from: '2021-08-01',
          before: '2026-01-15',
        },
      ],
    });
  });

  it('opens the next generation when the place is called otherwise, and what stands below follows', async () => {
    const unit = await graph.at('H452.1');
    const answer = await graph.run('renameUnit', { unit, name: { vi: 'Công an huyện Tuyên Hóa' } });
    expect(answer).toMatchObject({
      unit: { code: 'H452.2', path: '/BCA/T44.1/H452.2/', version: 1 },
      plan: {
        total: 6,
        rows: [
          { code: 'H452.2', change: 'OPENED' },
          { code: 'H452.1', change: 'CLOSED', pathBefore: '/BCA/T44.1/H452.1/', pathAfter: null },
          { code: 'E45201.1', change: 'MOVED', pathAfter: '/BCA/T44.1/H452.2/E45201.1/' },
          { code: 'X18901.1', change: 'MOVED' },
          { code: 'X18904.1', change: 'MOVED' },
          { code: 'X18907.1', change: 'MOVED' },
        ],
        facts: [{ path: '/BCA/T44.1/H452.1/' }],
      },
    });
    const { unit: old } = await graph.ask(onDays('H452.1'));
    expect(old).toMatchObject({
      status: 'CLOSED',
      successors: [{ to: { code: 'H452.2' }, share: 'FULL', primary: true, effectiveOn: '2026-01-15' }],
    });
  });
});

describe('the place of a unit', () => {
  it('goes on to the next generation', async () => {
    const place = '{ adminArea(listDate: "2021-08-01", code: "18853") { unit { code } } }';
    expect((await graph.ask(place)).adminArea.unit.code).toBe('X18853.1');
    await graph.run('renameUnit', {
      unit: await graph.at('X18853.1'),
      name: { vi: 'Công an phường Hải Phú' },
    });
    expect((await graph.ask(place)).adminArea.unit.code).toBe('X18853.2');
  });
});

describe('moving a unit', () => {
  it('keeps its code inside the province, and says what it was on every day', async () => {
    await graph.run('moveUnit', { unit: await graph.at('X18853.1'), parent: await graph.at('H452.1') });
    const { unit } = await graph.ask(onDays('X18853.1'));
    expect(unit.versions).toMatchObject([
      { validFrom: '2021-08-01', validBefore: '2026-01-15', parent: { unit: { code: 'H450.1' } } },
      {
        validFrom: '2026-01-15',
        validBefore: null,
        parent: { unit: { code: 'H452.1' } },
        path: '/BCA/T44.1/H452.1/X18853.1/',
      },
    ]);
    expect(unit.events).toMatchObject([{ kind: 'MOVE' }]);
  });

  it('goes on as the next generation in another province, with everything below it', async () => {
    const answer = await graph.run('moveUnit', {
      unit: await graph.at('H450.1'),
      parent: await graph.at('T45.1'),
    });
    expect(answer).toMatchObject({
      unit: { code: 'H450.2', path: '/BCA/T45.1/H450.2/', parent: { code: 'T45.1' } },
      plan: { total: 6, facts: [{ path: '/BCA/T44.1/H450.1/' }] },
    });
    const { unit } = await graph.ask(
      '{ unit(code: "X18853.1") { path provinceCode parent { code } version } }',
    );
    expect(unit).toEqual({
      path: '/BCA/T45.1/H450.2/X18853.1/',
      provinceCode: '45',
      parent: { code: 'H450.2' },
      version: 2,
    });
  });

  it('takes the place of a change of the same day, and leaves no empty version', async () => {
    const move = async (parent: string) =>
      graph.run('moveUnit', { unit: await graph.at('X18853.1'), parent: await graph.at(parent) });
    await move('H452.1');
    await move('T44.1');
    const { unit } = await graph.ask(onDays('X18853.1'));
    expect(unit.versions.map(({ path }: { path: string }) => path)).toEqual([
      '/BCA/T44.1/H450.1/X18853.1/',
      '/BCA/T44.1/X18853.1/',
    ]);
  });

  it('tells in its audit how many followed, and in theirs what they followed', async () => {
    await graph.run('renameUnit', { unit: await graph.at('H452.1'), name: { vi: 'Công an huyện Khác' } });
    const audit = '{ audit { nodes { action subject version changes { field after } } } }';
    const { old, follower } = await graph.ask(
      `{ old: unit(code: "H452.1") ${audit} follower: unit(code: "X18901.1") ${audit} }`,
    );
    const followed = { version: null, changes: [{ field: 'followers', after: '4' }] };
    expect(follower.audit.nodes).toEqual([{ action: 'renameUnit', subject: 'admin-1', ...followed }]);
    expect(old.audit.nodes).toHaveLength(2);
    expect(old.audit.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining(followed),
        expect.objectContaining({
          version: 2,
          changes: expect.arrayContaining([{ field: 'status', after: '"CLOSED"' }]),
        }),
      ]),
    );
  });
});

describe('splitting a unit', () => {
  it('opens a new one beside those that gave a part, which live on', async () => {
    const answer = await graph.run('splitUnit', {
      from: [await graph.at('X18853.1'), await graph.at('X18856.1')],
      unit: commune('X90002.1', await graph.at('H450.1')),
    });
    expect(answer).toMatchObject({ unit: { code: 'X90002.1' }, plan: { total: 1, facts: [] } });
    expect((await graph.ask(onDays('X90002.1'))).unit).toMatchObject({
      events: [{ kind: 'SPLIT' }],
      predecessors: [
        { from: { code: 'X18853.1' }, share: 'PARTIAL', primary: false },
        { from: { code: 'X18856.1' }, share: 'PARTIAL', primary: false },
      ],
    });
    expect((await graph.ask(onDays('X18853.1'))).unit.status).toBe('ACTIVE');
  });
});

describe('closing a unit', () => {
  it('lets what stands below come to stand under the one that takes it over', async () => {
    await graph.run('closeUnit', {
      unit: await graph.at('E45001.1'),
      noSuccessor: true,
      note: { vi: 'Kết thúc nhiệm vụ.' },
    });
    const answer = await graph.run('closeUnit', {
      unit: await graph.at('H450.1'),
      successors: [{ ...(await graph.at('T44.1')), share: 'FULL' }],
      children: 'MOVE',
    });
    expect(answer).toMatchObject({
      unit: { code: 'H450.1', status: 'CLOSED', existsBefore: '2026-01-15' },
      plan: { total: 4, facts: [{ path: '/BCA/T44.1/H450.1/' }] },
    });
    const { unit } = await graph.ask('{ unit(code: "X18853.1") { path } }');
    expect(unit.path).toBe('/BCA/T44.1/X18853.1/');
    expect((await graph.ask(onDays('E45001.1'))).unit).toMatchObject({
      status: 'CLOSED',
      successors: [],
      events: [{ kind: 'CLOSE', note: { vi: 'Kết thúc nhiệm vụ.' } }],
    });
  });

  it('lets one that took a part before take the rest on the same day', async () => {
    await graph.run('splitUnit', {
      from: [await graph.at('X18853.1')],
      unit: commune('X90003.1', await graph.at('H450.1')),
    });
    const successors = [{ ...(await graph.at('X90003.1')), share: 'FULL' }];
    expect(faults(await graph.run('closeUnit', { unit: await graph.at('X18853.1'), successors }))).toEqual(
      [],
    );
    const { unit } = await graph.ask(onDays('X18853.1'));
    expect(unit.successors.map(({ share }: { share: string }) => share).toSorted()).toEqual([
      'FULL',
      'PARTIAL',
    ]);
  });

  it('keeps several that took parts apart: what was reported follows none of them', async () => {
    await graph.run('closeUnit', {
      unit: await graph.at('X18853.1'),
      successors: [
        { ...(await graph.at('X18856.1')), share: 'PARTIAL' },
        { ...(await graph.at('X18859.1')), share: 'PARTIAL' },
      ],
    });
    const { unit } = await graph.ask(onDays('X18853.1'));
    expect(unit.successors).toMatchObject([
      { to: { code: 'X18856.1' }, share: 'PARTIAL', primary: false },
      { to: { code: 'X18859.1' }, share: 'PARTIAL', primary: false },
    ]);
    const row = await graph.collection('units_outbox').findOne({ 'copy.code': 'X18853.1' });
    expect(row).toMatchObject({ copy: { successorId: null } });
  });
});

describe('a dry run', () => {
  it('tells what would change, and changes nothing', async () => {
    const count = () =>
      Promise.all(
        ['units', 'versions', 'events', 'links', 'audit', 'outbox'].map((name) =>
          graph.collection(`units_${name}`).countDocuments(),
        ),
      );
    const before = await count();
    const input = { unit: await graph.at('H450.1'), parent: await graph.at('T45.1') };
    const dry = await graph.run('moveUnit', { ...input, dryRun: true });
    expect(dry).toMatchObject({ unit: null, plan: { total: 6 }, userErrors: [] });
    expect(await count()).toEqual(before);
    expect((await graph.run('moveUnit', input)).plan).toEqual(dry.plan);
  });

  it('says what stands in the way, as the command itself would', async () => {
    const input = { unit: await graph.at('H450.1'), parent: await graph.at('X18853.1'), dryRun: true };
    expect(faults(await graph.run('moveUnit', input))).toEqual([
      'UNIT_CYCLE input.parent.code',
      'UNIT_LEVEL_ORDER input.parent.code',
    ]);
  });
});

describe('what others are told', () => {
  it('is every unit whose versions or successor changed, with all its versions', async () => {
    await graph.run('moveUnit', { unit: await graph.at('X18853.1'), parent: await graph.at('H452.1') });
    const told = await graph.collection('units_outbox').find({}).toArray();
    expect(told.map(({ copy }) => copy.code).toSorted()).toEqual(['H452.1', 'X18853.1']);
    const shape = { level: 'COMMUNE', provinceCode: '44', regionCode: 'BAC_TRUNG_BO_DUYEN_HAI' };
    expect(told.find(({ copy }) => copy.code === 'X18853.1')).toMatchObject({
      type: 'Unit',
      version: 2,
      stream: 'units_units',
      copy: {
        code: 'X18853.1',
        version: 2,
        successorId: null,
        versions: [
          { ...shape, path: '/BCA/T44.1/H450.1/X18853.1/', from: '2021-08-01', before: '2026-01-15' },
          { ...shape, path: '/BCA/T44.1/H452.1/X18853.1/', from: '2026-01-15', before: null },
        ],
      },
    });
  });
});

describe('the facts of a path', () => {
  it('are an entity, to which others add how many they keep', async () => {
    const { _entities } = await graph.ask(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on UnitFacts { path } } }',
      { of: [{ __typename: 'UnitFacts', path: '/BCA/T44.1/' }] },
    );
    expect(_entities).toEqual([{ path: '/BCA/T44.1/' }]);
  });
});
