import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { volumes } from '../../database/seed/volumes.ts';
import { type OpenedUnits, openUnits } from './openUnits.ts';

let units: OpenedUnits;
beforeAll(async () => {
  units = await openUnits(volumes.demo);
});
afterAll(() => units.close());

const codeOfError = (answer: { errors?: readonly { extensions?: Record<string, unknown> }[] | undefined }) =>
  answer.errors?.map(({ extensions }) => extensions?.code);

describe('a unit', () => {
  test('shows itself today, in one command for itself and one for each thing around it', async () => {
    const { data, errors, commands } = await units.ask(`{
      unit(code: "T01.1") {
        code level status shortName path depth provinceCode existsFrom existsBefore synthetic version
        name { vi en }
        otherNames { kind name { vi } }
        parent { code }
        region { code name { en } }
        covers { code listDate type name { vi en } }
        childCount
      }
    }`);
    expect(errors).toBeUndefined();
    expect(data.unit).toEqual({
      code: 'T01.1',
      level: 'PROVINCE',
      status: 'ACTIVE',
      shortName: 'Hà Nội',
      path: '/BCA/T01.1/',
      depth: 2,
      provinceCode: '01',
      existsFrom: '2021-08-01',
      existsBefore: null,
      synthetic: false,
      version: 2,
      name: { vi: 'Công an thành phố Hà Nội', en: 'Hanoi City Police' },
      otherNames: [{ kind: 'ABBREVIATION', name: { vi: 'CATP Hà Nội' } }],
      parent: { code: 'BCA' },
      region: { code: 'DONG_BANG_SONG_HONG', name: { en: 'Red River Delta' } },
      covers: [
        {
          code: '01',
          listDate: '2025-07-01',
          type: 'CENTRAL_CITY',
          name: { vi: 'Thành phố Hà Nội', en: 'Hanoi City' },
        },
      ],
      childCount: 128,
    });
    expect(commands).toBe(5);
  });

  test('is asked for by exactly one of id and code', async () => {
    expect(codeOfError(await units.ask('{ unit { code } }'))).toEqual(['INPUT_INVALID']);
    expect(codeOfError(await units.ask('{ unit(id: "unt_x", code: "BCA") { code } }'))).toEqual([
      'INPUT_INVALID',
    ]);
    const { data } = await units.ask('{ unit(code: "BCA") { id } }');
    const byId = await units.ask('query ($id: ID!) { unit(id: $id) { code } }', { id: data.unit.id });
    expect(byId.data.unit).toEqual({ code: 'BCA' });
  });

  test('that does not exist is null, in its place among others, by one command', async () => {
    const { data, commands } = await units.ask(
      '{ unitsByCode(codes: ["T79.1", "T79.9", "BCA", "T79.1"]) { code } }',
    );
    expect(data.unitsByCode).toEqual([{ code: 'T79.1' }, null, { code: 'BCA' }, { code: 'T79.1' }]);
    expect(commands).toBe(1);
  });

  test('tells what became of it in the merger of 2025', async () => {
    const { data } = await units.ask(`{
      unit(code: "X00004.1") {
        status existsBefore
        ancestors { code }
        events { kind effectiveOn decision { number } links { from { code } to { code name { vi } } share primary } }
        successors { to { code } share primary }
        versions { validFrom validBefore path }
      }
    }`);
    expect(data.unit.status).toBe('CLOSED');
    expect(data.unit.existsBefore).toBe('2025-07-01');
    expect(data.unit.ancestors).toEqual([{ code: 'BCA' }, { code: 'T01.1' }]);
    expect(
      data.unit.events.map(({ kind, effectiveOn }: { kind: string; effectiveOn: string }) => [
        kind,
        effectiveOn,
      ]),
    ).toEqual([
      ['MOVE', '2025-03-01'],
      ['MERGE', '2025-07-01'],
    ]);
    expect(data.unit.events[1].links[0]).toEqual({
      from: { code: 'X00004.1' },
      to: { code: 'X00004.2', name: { vi: 'Công an phường Ba Đình' } },
      share: 'FULL',
      primary: true,
    });
    expect(data.unit.successors).toEqual([{ to: { code: 'X00004.2' }, share: 'FULL', primary: true }]);
    expect(data.unit.versions).toEqual([
      { validFrom: '2021-08-01', validBefore: '2025-03-01', path: '/BCA/T01.1/H001.1/X00004.1/' },
      { validFrom: '2025-03-01', validBefore: '2025-07-01', path: '/BCA/T01.1/X00004.1/' },
    ]);
  });

  test('names the act a province was merged by', async () => {
    const { data } = await units.ask(
      '{ unit(code: "T44.2") { events { kind decision { number date issuer } } predecessors { from { code level } } } }',
    );
    expect(data.unit.events).toEqual([
      { kind: 'MERGE', decision: { number: '202/2025/QH15', date: '2025-06-12', issuer: 'Quốc hội' } },
    ]);
    const provinces = data.unit.predecessors.filter(
      ({ from }: { from: { level: string } }) => from.level === 'PROVINCE',
    );
    expect(provinces.map(({ from }: { from: { code: string } }) => from.code)).toEqual(['T44.1', 'T45.1']);
  });

  test('has as children those of today, and closed ones when a status is named', async () => {
    const { data } = await units.ask(`{
      unit(code: "T01.1") {
        children(first: 2) { totalCount nodes { code } }
        closed: children(first: 2, filter: { status: [CLOSED], level: [DISTRICT] }) { totalCount nodes { code shortName } }
        byName: children(first: 2, filter: { level: [COMMUNE] }, sort: [{ field: NAME, direction: DESC }]) { nodes { shortName } }
      }
      h: unit(code: "H001.1") { childCount children { nodes { code } } }
    }`);
    expect(data.unit.children).toEqual({
      totalCount: 128,
      nodes: [{ code: 'V0101.1' }, { code: 'V0102.1' }],
    });
    expect(data.unit.closed).toEqual({
      totalCount: 30,
      nodes: [
        { code: 'H001.1', shortName: 'Ba Đình' },
        { code: 'H002.1', shortName: 'Hoàn Kiếm' },
      ],
    });
    expect(data.unit.byName.nodes).toEqual([{ shortName: 'Yên Xuân' }, { shortName: 'Yên Sở' }]);
    expect(data.h).toEqual({ childCount: 0, children: { nodes: [] } });
  });
});

describe('a unit as another subgraph refers to it', () => {
  const entities = `query ($of: [_Any!]!) {
    _entities(representations: $of) { ... on Unit { unit: code name { vi } } ... on AdminArea { area: code name { vi } }
      ... on Region { region: code name { vi } } }
  }`;

  test('is found by id or code; a missing one is an error in its own place', async () => {
    const { data, errors } = await units.ask(entities, {
      of: [
        { __typename: 'Unit', code: 'H001.1' },
        { __typename: 'Unit', id: 'unt_none' },
        { __typename: 'AdminArea', code: '00004', listDate: '2021-08-01' },
        { __typename: 'AdminArea', code: '00004', listDate: '2025-07-01' },
        { __typename: 'AdminArea', code: '99999', listDate: '2025-07-01' },
        { __typename: 'Region', code: 'TAY_NGUYEN' },
        { __typename: 'Region', code: 'NO_SUCH' },
      ],
    });
    expect(data._entities).toEqual([
      { unit: 'H001.1', name: { vi: 'Công an quận Ba Đình' } },
      null,
      { area: '00004', name: { vi: 'Phường Trúc Bạch' } },
      { area: '00004', name: { vi: 'Phường Ba Đình' } },
      null,
      { region: 'TAY_NGUYEN', name: { vi: 'Tây Nguyên' } },
      null,
    ]);
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['_entities', 1], 'ENTITY_NOT_FOUND'],
      [['_entities', 4], 'ENTITY_NOT_FOUND'],
      [['_entities', 6], 'ENTITY_NOT_FOUND'],
    ]);
  });

  test('costs one command, for one as for a hundred', async () => {
    const { data } = await units.ask('{ units(first: 100) { nodes { id } } }');
    const of = data.units.nodes.map(({ id }: { id: string }) => ({ __typename: 'Unit', id }));
    const one = await units.ask(entities, { of: of.slice(0, 1) });
    const hundred = await units.ask(entities, { of });
    expect(hundred.data._entities.length).toBe(100);
    expect([one.commands, hundred.commands]).toEqual([1, 1]);
  });
});

describe('reading on a date', () => {
  const ask = (on: string) =>
    units.ask(
      `query ($on: Date!) {
        unit(code: "X00001.1") { on(date: $on) { path parent { name { vi } } ancestors { path } covers { listDate } existsBefore validFrom } }
      }`,
      { on },
    );

  test.each([
    ['2021-07-31', null, null],
    ['2021-08-01', '/BCA/T01.1/H001.1/X00001.1/', 'Công an quận Ba Đình'],
    ['2025-02-28', '/BCA/T01.1/H001.1/X00001.1/', 'Công an quận Ba Đình'],
    ['2025-03-01', '/BCA/T01.1/X00001.1/', 'Công an thành phố Hà Nội'],
    ['2025-06-30', '/BCA/T01.1/X00001.1/', 'Công an thành phố Hà Nội'],
    ['2025-07-01', null, null],
  ])('on %s Phúc Xá stands at %s under %s', async (on, path, parent) => {
    const { data } = await ask(on);
    expect(data.unit.on?.path ?? null).toBe(path);
    expect(data.unit.on?.parent.name.vi ?? null).toBe(parent);
  });

  test('gives the ancestors of that day', async () => {
    const { data } = await ask('2021-08-15');
    expect(data.unit.on).toEqual({
      path: '/BCA/T01.1/H001.1/X00001.1/',
      parent: { name: { vi: 'Công an quận Ba Đình' } },
      ancestors: [{ path: '/BCA/' }, { path: '/BCA/T01.1/' }, { path: '/BCA/T01.1/H001.1/' }],
      covers: [{ listDate: '2021-08-01' }],
      existsBefore: '2025-07-01',
      validFrom: '2021-08-01',
    });
  });

  test.each([
    ['2021-08-15', 30, 'DISTRICT'],
    ['2025-04-01', 579, 'COMMUNE'],
    ['2026-01-01', 126, 'COMMUNE'],
  ])('on %s Hà Nội has %i children of level %s beside its two divisions', async (on, count, level) => {
    const { data } = await units.ask(
      `query ($on: Date!) { unit(code: "T01.1") { on(date: $on) { childCount children(first: 100) { totalCount nodes { level childCount } } } } }`,
      { on },
    );
    expect(data.unit.on.childCount).toBe(count + 2);
    expect(data.unit.on.children.totalCount).toBe(count + 2);
    const levels = new Set(data.unit.on.children.nodes.map((node: { level: string }) => node.level));
    expect(levels).toEqual(new Set(['DIVISION', level]));
  });
});

describe('the tree on a day', () => {
  const query = `query ($root: UnitCode!, $depth: Int!, $on: Date, $first: Int!, $after: String) {
    unitTree(root: $root, depth: $depth, on: $on, first: $first, after: $after) {
      totalCount nodes { unit { code } path depth childCount } pageInfo { hasNextPage endCursor }
    }
  }`;

  test('comes level by level, whole, whatever the page', async () => {
    const read = async (first: number) => {
      const paths: string[] = [];
      let after: string | null = null;
      let commands = 0;
      do {
        const answer = await units.ask(query, { root: 'T45.1', depth: 2, on: '2021-08-15', first, after });
        expect(answer.errors).toBeUndefined();
        paths.push(...answer.data.unitTree.nodes.map(({ path }: { path: string }) => path));
        after = answer.data.unitTree.pageInfo.hasNextPage ? answer.data.unitTree.pageInfo.endCursor : null;
        commands = Math.max(commands, answer.commands);
      } while (after);
      return { paths, commands };
    };
    const small = await read(40);
    const large = await read(100);
    expect(small.paths).toEqual(large.paths);
    expect(small.commands).toBe(large.commands);
    expect(large.paths.length).toBe(1 + 2 + 10 + 125);
    expect(large.paths.slice(0, 4)).toEqual([
      '/BCA/T45.1/',
      '/BCA/T45.1/H461.1/',
      '/BCA/T45.1/H462.1/',
      '/BCA/T45.1/H464.1/',
    ]);
    const depths = large.paths.map((path) => path.split('/').length);
    expect(depths).toEqual(depths.toSorted((a, b) => a - b));
  });

  test('of today when no day is named, empty where the unit was not, refused where no unit ever was', async () => {
    const today = await units.ask(query, { root: 'T44.2', depth: 0, first: 5 });
    expect(today.data.unitTree.nodes).toEqual([
      { unit: { code: 'T44.2' }, path: '/BCA/T44.2/', depth: 2, childCount: 80 },
    ]);
    const before = await units.ask(query, { root: 'T44.2', depth: 1, on: '2021-08-15', first: 5 });
    expect(before.data.unitTree).toEqual({
      totalCount: 0,
      nodes: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
    const unknown = await units.ask(query, { root: 'T99.1', depth: 1, first: 5 });
    expect(codeOfError(unknown)).toEqual(['INPUT_INVALID']);
    expect(codeOfError(await units.ask(query, { root: 'BCA', depth: 4, first: 5 }))).toEqual([
      'INPUT_INVALID',
    ]);
  });
});

describe('levels of the tree on a day', () => {
  const query = `query ($of: [UnitCode!]!, $on: Date) {
    unitLevels(of: $of, on: $on) { parent { code childCount } units { code path childCount } }
  }`;

  test('come whole, in the order asked, null where there was no such unit; by three commands however many', async () => {
    const { data, commands } = await units.ask(query, { of: ['BCA', 'T01.1', 'H001.1'], on: '2026-01-01' });
    const [ministry, hanoi, district] = data.unitLevels;
    expect(ministry.units.map(({ path }: { path: string }) => path)).toContain('/BCA/T01.1/');
    expect(hanoi.parent).toEqual({ code: 'T01.1', childCount: 128 });
    expect(hanoi.units).toHaveLength(128);
    expect(hanoi.units[0]).toEqual({ code: 'V0101.1', path: '/BCA/T01.1/V0101.1/', childCount: 0 });
    expect(district).toBeNull();
    expect(commands).toBe(3);
    expect((await units.ask(query, { of: ['T01.1'], on: '2021-08-15' })).commands).toBe(3);
  });

  test('are those of today when no day is named; at most ten at once', async () => {
    const { data } = await units.ask(query, { of: ['T44.2', 'T44.1', 'T99.1'] });
    expect(data.unitLevels.map((level: { parent: object } | null) => level?.parent ?? null)).toEqual([
      { code: 'T44.2', childCount: 80 },
      null,
      null,
    ]);
    expect(codeOfError(await units.ask(query, { of: Array(11).fill('BCA') }))).toEqual(['INPUT_INVALID']);
  });
});

describe('lists of units', () => {
  test('are filtered by one grammar', async () => {
    const { data } = await units.ask(`{
      communes: units(filter: { level: [COMMUNE], status: [ACTIVE], under: ["T01.1"] }, first: 1) { totalCount }
      islands: units(filter: { level: [COMMUNE], any: [{ code: ["X20333.1"] }, { text: "đặc khu" }] }, first: 20) { nodes { shortName } }
      wards: units(filter: { status: [ACTIVE], level: [COMMUNE], not: { text: "xã" }, provinceCode: ["01"] }, first: 1) { totalCount }
      of2021: units(filter: { level: [PROVINCE], existsOn: "2021-08-15" }, first: 1) { totalCount }
      highlands: units(filter: { level: [PROVINCE], region: ["TAY_NGUYEN"] }) { nodes { code existsBefore } }
      numbered: units(filter: { synthetic: true, level: [DEPARTMENT] }) { totalCount }
      changed: units(filter: { updatedSince: "2025-07-01T00:00:00Z", level: [DISTRICT] }) { totalCount }
    }`);
    expect(data.communes.totalCount).toBe(126);
    expect(data.islands.nodes.length).toBe(13);
    expect(data.wards.totalCount).toBe(51);
    expect(data.of2021.totalCount).toBe(63);
    expect(data.highlands.nodes).toEqual([
      { code: 'T62.1', existsBefore: '2025-07-01' },
      { code: 'T64.1', existsBefore: '2025-07-01' },
      { code: 'T67.1', existsBefore: '2025-07-01' },
    ]);
    expect(data.numbered.totalCount).toBe(6);
    expect(data.changed.totalCount).toBe(0);
  });

  test.each([
    ['an empty list', '{ units(filter: { code: [] }) { nodes { code } } }', 'INPUT_INVALID'],
    ['an unknown code', '{ units(filter: { under: ["T99.1"] }) { nodes { code } } }', 'INPUT_INVALID'],
    ['a text without a letter', '{ units(filter: { text: "--" }) { nodes { code } } }', 'INPUT_INVALID'],
    ['a page too large', '{ units(first: 101) { nodes { code } } }', 'PAGE_SIZE'],
    [
      'a page of children too large',
      '{ unit(code: "BCA") { children(first: 0) { nodes { code } } } }',
      'PAGE_SIZE',
    ],
    ['a cursor of our own making', '{ units(after: "abc") { nodes { code } } }', 'CURSOR_INVALID'],
    ['a search for one letter', '{ searchUnits(text: "x") { match } }', 'INPUT_INVALID'],
    [
      'a day that does not exist',
      '{ unit(code: "BCA") { on(date: "2021-02-30") { path } } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s is refused with a code', async (_, query, code) => {
    expect(codeOfError(await units.ask(query))).toEqual([code]);
  });

  test('a cursor belongs to its filter', async () => {
    const { data } = await units.ask('{ units(first: 1) { pageInfo { endCursor } } }');
    const after = data.units.pageInfo.endCursor;
    const other = await units.ask(
      'query ($after: String) { units(after: $after, filter: { level: [TEAM] }) { nodes { code } } }',
      { after },
    );
    expect(codeOfError(other)).toEqual(['CURSOR_MISMATCH']);
    const next = await units.ask(
      'query ($after: String) { units(first: 1, after: $after) { nodes { path } } }',
      { after },
    );
    expect(next.data.units.nodes).toEqual([{ path: '/BCA/D01.1/' }]);
  });

  test('cost the same for one row and for a hundred', async () => {
    const query = `query ($first: Int!) {
      units(first: $first, filter: { level: [COMMUNE], status: [CLOSED] }) {
        nodes {
          code name { vi } parent { code } ancestors { code } region { code } covers { code } childCount
          children(first: 2) { nodes { code } } on(date: "2021-08-15") { path parent { path } childCount }
          versions { path } events { kind links { to { code } } } predecessors { share } successors { to { code } }
        }
      }
    }`;
    const one = await units.ask(query, { first: 1 });
    const hundred = await units.ask(query, { first: 100 });
    expect(hundred.errors).toBeUndefined();
    expect(hundred.data.units.nodes.length).toBe(100);
    expect(hundred.commands).toBe(one.commands);
  });
});

describe('places and regions', () => {
  test('are read by list and parent; a code means something else in the other list', async () => {
    const { data } = await units.ask(`{
      old: adminArea(code: "00004", listDate: "2021-08-01") { name { vi } type parent { name { vi } parent { name { en } } } unit { code } }
      new: adminArea(code: "00004", listDate: "2025-07-01") { name { vi } parent { type } unit { code } }
      none: adminArea(code: "00004", listDate: "2024-01-01") { code }
      provinces: adminAreas(listDate: "2025-07-01", first: 1) { totalCount nodes { code } pageInfo { hasNextPage } }
      wards: adminAreas(listDate: "2021-08-01", parent: "001", first: 100) { totalCount nodes { code } }
    }`);
    expect(data.old).toEqual({
      name: { vi: 'Phường Trúc Bạch' },
      type: 'WARD',
      parent: { name: { vi: 'Quận Ba Đình' }, parent: { name: { en: 'Hanoi City' } } },
      unit: { code: 'X00004.1' },
    });
    expect(data.new).toEqual({
      name: { vi: 'Phường Ba Đình' },
      parent: { type: 'CENTRAL_CITY' },
      unit: { code: 'X00004.2' },
    });
    expect(data.none).toBeNull();
    expect(data.provinces).toEqual({
      totalCount: 34,
      nodes: [{ code: '01' }],
      pageInfo: { hasNextPage: true },
    });
    expect(data.wards.totalCount).toBe(14);
  });

  test('regions are six before the merger and six after it', async () => {
    const { data } = await units.ask(
      '{ old: regions(on: "2021-08-15") { code } new: regions { code existsFrom } }',
    );
    expect(data.old.length).toBe(6);
    expect(data.new.map(({ code }: { code: string }) => code)).toEqual([
      'MIEN_NUI_PHIA_BAC',
      'DONG_BANG_SONG_HONG',
      'BAC_TRUNG_BO',
      'NAM_TRUNG_BO_TAY_NGUYEN',
      'DONG_NAM_BO',
      'DONG_BANG_SONG_CUU_LONG',
    ]);
  });
});

describe('the stream of changes', () => {
  test('gives every unit once, closed ones as tombstones, and says when it is read to its end', async () => {
    const query =
      'query ($after: String) { unitChanges(after: $after, first: 100) { nodes { kind code node { status } } endCursor caughtUp } }';
    const seen = new Map<string, string>();
    let after: string | null = null;
    for (;;) {
      const { data } = await units.ask(query, { after });
      for (const { code, kind, node } of data.unitChanges.nodes) {
        expect(seen.has(code)).toBe(false);
        expect(kind).toBe(node.status === 'CLOSED' ? 'TOMBSTONE' : 'UPSERT');
        seen.set(code, kind);
      }
      after = data.unitChanges.endCursor;
      if (data.unitChanges.caughtUp) break;
    }
    const { data } = await units.ask('{ units(first: 1) { totalCount } }');
    expect(seen.size).toBe(data.units.totalCount);
    const end = await units.ask(query, { after });
    expect(end.data.unitChanges).toEqual({ nodes: [], endCursor: after, caughtUp: true });
  });

  test('takes no cursor of another list', async () => {
    const { data } = await units.ask('{ units(first: 1) { pageInfo { endCursor } } }');
    const answer = await units.ask('query ($after: String) { unitChanges(after: $after) { endCursor } }', {
      after: data.units.pageInfo.endCursor,
    });
    expect(codeOfError(answer)).toEqual(['CURSOR_MISMATCH']);
  });
});
