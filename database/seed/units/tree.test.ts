import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonAncestor, pathAsOf, unitCopyRow, versionOn } from '../../../subgraphs/copies/units.ts';
import type { UnitVersionRow } from '../../../subgraphs/units/index.ts';
import { volumes } from '../volumes.ts';
import { regionOfProvince } from './provinces.ts';
import { buildTree } from './tree.ts';

const { rows, copies } = buildTree(volumes.demo);
const units = new Map(rows.units.map((unit) => [unit.code, unit]));
const codeOf = new Map(rows.units.map(({ _id, code }) => [_id, code]));
const copyOf = new Map(copies.map((copy) => [copy.id, unitCopyRow(copy)]));
const versionsOf = new Map<string, UnitVersionRow[]>();
for (const version of rows.versions)
  versionsOf.set(version.code, [...(versionsOf.get(version.code) ?? []), version]);

/** The first and the last day of each shape of the tree. */
const days = ['2021-08-01', '2025-02-28', '2025-03-01', '2025-06-30', '2025-07-01', '2026-11-01'];

const holds = ({ from, before }: UnitVersionRow, day: string) =>
  from <= day && (before === null || day < before);
const on = (day: string) => rows.versions.filter((version) => holds(version, day));
const countsOn = (day: string) => {
  const counts: Record<string, number> = {};
  for (const { level } of on(day)) counts[level] = (counts[level] ?? 0) + 1;
  return counts;
};
const linksOf = (field: 'fromId' | 'toId', code: string) =>
  rows.links
    .filter((link) => codeOf.get(link[field]) === code)
    .map(({ fromId, toId, share, primary }) => [codeOf.get(fromId), codeOf.get(toId), share, primary]);
const eventsOf = (code: string) =>
  rows.events
    .filter(({ unitIds }) => unitIds.some((id) => codeOf.get(id) === code))
    .map(({ kind, effectiveOn }) => `${effectiveOn} ${kind}`);

test.each([
  ['2021-08-15', { MINISTRY: 1, DEPARTMENT: 6, PROVINCE: 63, DIVISION: 126, DISTRICT: 705, COMMUNE: 10_599 }],
  ['2025-02-28', { MINISTRY: 1, DEPARTMENT: 6, PROVINCE: 63, DIVISION: 126, DISTRICT: 705, COMMUNE: 10_599 }],
  ['2025-03-01', { MINISTRY: 1, DEPARTMENT: 6, PROVINCE: 63, DIVISION: 126, COMMUNE: 10_599 }],
  ['2025-07-01', { MINISTRY: 1, DEPARTMENT: 6, PROVINCE: 34, DIVISION: 68, COMMUNE: 3_321 }],
])('on %s the force has the units of the lists', (day, expected) => {
  expect(countsOn(day)).toEqual(expected);
});

test('before the first list there is nothing', () => {
  expect(on('2021-07-31')).toEqual([]);
});

test('a life has no gap and no day twice, and spans all versions', () => {
  const broken = [...versionsOf].filter(([code, versions]) => {
    const known = units.get(code);
    const first = versions[0];
    const last = versions.at(-1);
    const meets = versions.slice(1).every(({ from }, index) => versions[index]?.before === from);
    const grows = versions.every(({ from, before }) => before === null || from < before);
    return !(
      meets &&
      grows &&
      first?.from === known?.existsFrom &&
      last?.before === known?.existsBefore &&
      versions.every((version) => version.existsFrom === first?.from && version.existsBefore === last?.before)
    );
  });
  expect(broken).toEqual([]);
  expect(versionsOf.size).toBe(rows.units.length);
});

test.each(days)(
  'on %s the units form one tree under BCA, each path its superior’s and its own code',
  (day) => {
    const paths = new Map(on(day).map(({ unitId, path }) => [unitId, path]));
    const wrong = on(day).filter(
      ({ path, parentId, code, depth }) =>
        path !== `${parentId === null ? '/' : paths.get(parentId)}${code}/` ||
        depth !== path.split('/').length - 2,
    );
    expect(wrong).toEqual([]);
    expect(
      on(day)
        .filter(({ parentId }) => parentId === null)
        .map(({ code }) => code),
    ).toEqual(['BCA']);
    expect(paths.size).toBe(on(day).length);
  },
);

test('a unit shows its version of today, or its last one', () => {
  const wrong = rows.units.filter((unit) => {
    const last = versionsOf.get(unit.code)?.at(-1);
    return !(
      last &&
      last.path === unit.path &&
      last.name.vi === unit.name.vi &&
      last.parentId === unit.parentId &&
      last.before === unit.existsBefore &&
      (unit.status === 'CLOSED') === (last.before !== null)
    );
  });
  expect(wrong).toEqual([]);
});

test('changes are numbered 1 to n in the order of their days', () => {
  expect(rows.units.map(({ seq }) => seq)).toEqual(rows.units.map((_, index) => index + 1));
  const instants = rows.units.map(({ updatedAt }) => updatedAt.getTime());
  expect(instants).toEqual(instants.toSorted((a, b) => a - b));
});

test('links lead from a unit of the eve to a unit of the day, and facts follow at most one, a FULL one of a closed unit', () => {
  const wrong = rows.links.filter(({ fromId, toId, share, primary, effectiveOn }) => {
    const from = units.get(codeOf.get(fromId) ?? '');
    const to = copyOf.get(toId);
    const ends = from?.existsBefore === effectiveOn;
    return (
      !to || !versionOn(to, effectiveOn) || primary !== (share === 'FULL') || (share === 'FULL' && !ends)
    );
  });
  expect(wrong).toEqual([]);
  const primaries = rows.links.filter(({ primary }) => primary).map(({ fromId }) => fromId);
  expect(new Set(primaries).size).toBe(primaries.length);
  expect(new Set(rows.links.map(({ _id }) => _id)).size).toBe(rows.links.length);
});

test('successors do not go round in a ring', () => {
  const rings = copies.filter((copy) => {
    const seen = new Set<string>();
    let current = copyOf.get(copy.id);
    while (current && !seen.has(current._id)) {
      seen.add(current._id);
      current = current.successorId === null ? undefined : copyOf.get(current.successorId);
    }
    return current !== undefined;
  });
  expect(rings).toEqual([]);
});

test('every unit that ended is named by an event that says so', () => {
  const ending = new Set(
    rows.events
      .filter(({ kind }) => kind !== 'OPEN' && kind !== 'MOVE')
      .flatMap(({ unitIds, effectiveOn }) => unitIds.map((id) => `${id} ${effectiveOn}`)),
  );
  const silent = rows.units.filter(
    ({ _id, existsBefore }) => existsBefore !== null && !ending.has(`${_id} ${existsBefore}`),
  );
  expect(silent.map(({ code }) => code)).toEqual([]);
});

test('communes of 2021 without a known successor stay visible, and say so', () => {
  const silent = rows.events.filter(({ note }) => note?.en === 'The map of 2025 names no successor.');
  const ended = rows.units.filter(({ level, status }) => level === 'COMMUNE' && status === 'CLOSED');
  const linked = new Set(rows.links.map(({ fromId }) => fromId));
  expect(silent.length).toBe(ended.filter(({ _id }) => !linked.has(_id)).length);
  expect({
    ended: ended.length,
    withoutSuccessor: silent.length,
    inParts: ended.filter(({ _id }) => linked.has(_id) && copyOf.get(_id)?.successorId === null).length,
  }).toMatchInlineSnapshot(`
    {
      "ended": 9124,
      "inParts": 41,
      "withoutSuccessor": 76,
    }
  `);
});

test('a commune whose name and province stay keeps its code, though its province has merged into another', () => {
  const living = rows.units.filter(
    ({ code, level, status }) =>
      level === 'COMMUNE' && status === 'ACTIVE' && versionsOf.get(code)?.[0]?.from === '2021-08-01',
  );
  expect(living.length).toBe(1_475);
  expect(versionsOf.get('X00721.1')?.map(({ path, name }) => `${name.vi}: ${path}`)).toEqual([
    'Công an thị trấn Đồng Văn: /BCA/T02.1/H026.1/X00721.1/',
    'Công an thị trấn Đồng Văn: /BCA/T02.1/X00721.1/',
    'Công an xã Đồng Văn: /BCA/T08.1/X00721.1/',
  ]);
});

test('the work of a district goes to its province, and from there to the one that takes the province in', () => {
  expect(linksOf('fromId', 'H461.1')).toEqual([['H461.1', 'T45.1', 'FULL', true]]);
  const district = copies.find(({ code }) => code === 'H461.1');
  const copy = copyOf.get(district?.id ?? '') ?? expect.fail('no copy');
  expect(['2021-08-15', '2025-03-01', '2026-11-01'].map((day) => pathAsOf(copy, day, copyOf))).toEqual([
    '/BCA/T45.1/H461.1/',
    '/BCA/T45.1/',
    '/BCA/T44.2/',
  ]);
});

test('X00004: Trúc Bạch goes into Ba Đình, the next generation of its code', () => {
  expect(versionsOf.get('X00004.1')?.map(({ path, before }) => [path, before])).toEqual([
    ['/BCA/T01.1/H001.1/X00004.1/', '2025-03-01'],
    ['/BCA/T01.1/X00004.1/', '2025-07-01'],
  ]);
  expect(units.get('X00004.2')?.name.vi).toBe('Công an phường Ba Đình');
  expect(linksOf('fromId', 'X00004.1')).toEqual([['X00004.1', 'X00004.2', 'FULL', true]]);
  expect(eventsOf('X00004.1')).toEqual(['2025-03-01 MOVE', '2025-07-01 MERGE']);
});

test.each([
  ['T08.1', 'Công an tỉnh Tuyên Quang', ['T02.1'], 'lives on, taking Hà Giang in'],
  [
    'T24.2',
    'Công an tỉnh Bắc Ninh',
    ['T24.1', 'T27.1'],
    'has the code of one province and the name of the other',
  ],
  ['T44.2', 'Công an tỉnh Quảng Trị', ['T44.1', 'T45.1'], 'as Bắc Ninh'],
  ['T79.1', 'Công an thành phố Hồ Chí Minh', ['T74.1', 'T77.1'], 'takes two in'],
])('%s, %s, takes over %s: %s', (code, name, from) => {
  expect(units.get(code)?.name.vi).toBe(name);
  const provinces = linksOf('toId', code).filter(([other]) => units.get(String(other))?.level === 'PROVINCE');
  expect(provinces).toEqual(from.map((other) => [other, code, 'FULL', true]));
  const merger = rows.events.find(
    ({ kind, unitIds }) => kind === 'MERGE' && codeOf.get(unitIds[0] ?? '') === code,
  );
  expect(merger?.decision?.number).toBe('202/2025/QH15');
});

test('52 provinces became 23, by the resolution; Huế only changed its name, by another act', () => {
  const mergers = rows.events.filter(({ decision }) => decision !== null);
  const merged = mergers.flatMap(({ unitIds }) => unitIds);
  const old = merged.filter((id) => versionsOf.get(codeOf.get(id) ?? '')?.[0]?.from === '2021-08-01');
  expect([mergers.length, old.length]).toEqual([23, 52]);
  expect(eventsOf('T46.1')).toEqual(['2025-07-01 RENAME']);
  expect(linksOf('fromId', 'T46.1')).toEqual([['T46.1', 'T46.2', 'FULL', true]]);
});

test('places keep their own names, apart from the police that works in them', () => {
  const area = rows.areas.find(({ _id }) => _id === '2021-08-01:00001');
  expect(area).toEqual({
    _id: '2021-08-01:00001',
    code: '00001',
    listDate: '2021-08-01',
    name: { vi: 'Phường Phúc Xá', en: null },
    type: 'WARD',
    parentCode: '001',
    unitId: units.get('X00001.1')?._id,
  });
  expect(rows.areas.length).toBe(63 + 705 + 10_599 + 34 + 3_321);
});

test('every province has a region on both lists, as many as the plans name', () => {
  const count = (day: string) => {
    const counts: Record<string, number> = {};
    for (const { level, regionCode } of on(day))
      if (level === 'PROVINCE') counts[String(regionCode)] = (counts[String(regionCode)] ?? 0) + 1;
    return counts;
  };
  expect(count('2021-08-15')).toEqual({
    MIEN_NUI_PHIA_BAC: 14,
    DONG_BANG_SONG_HONG: 11,
    BAC_TRUNG_BO_DUYEN_HAI: 14,
    TAY_NGUYEN: 5,
    DONG_NAM_BO: 6,
    DONG_BANG_SONG_CUU_LONG: 13,
  });
  expect(Object.values(count('2025-07-01')).reduce((sum, n) => sum + n, 0)).toBe(34);
  expect(count('2025-07-01').null).toBeUndefined();
});

test('a copy has the region of its province on the list of its day, and none outside provinces', () => {
  const strays = copies.flatMap(({ versions }) =>
    versions.filter(({ from, provinceCode, regionCode }) => {
      const list = from < '2025-07-01' ? '2021-08-01' : '2025-07-01';
      return regionCode !== (provinceCode === null ? null : regionOfProvince(list, provinceCode));
    }),
  );
  expect(strays).toEqual([]);
});

test('on every day a unit is in the region of the province it stands under', () => {
  for (const day of days) {
    const regionOfPath = new Map(
      on(day).flatMap(({ level, path, regionCode }) => (level === 'PROVINCE' ? [[path, regionCode]] : [])),
    );
    const strays = on(day).filter(({ path, regionCode }) => {
      const top = regionOfPath.get(`${path.split('/').slice(0, 3).join('/')}/`) ?? null;
      return regionCode !== top;
    });
    expect(strays).toEqual([]);
  }
});

test('placeholders are marked, and nothing else is', () => {
  const marked = new Set(rows.units.filter(({ synthetic }) => synthetic).map(({ level }) => level));
  const others = new Set(rows.units.filter(({ synthetic }) => !synthetic).map(({ level }) => level));
  expect([[...marked].toSorted(), [...others].toSorted()]).toEqual([
    ['DEPARTMENT', 'DIVISION'],
    ['COMMUNE', 'DISTRICT', 'MINISTRY', 'PROVINCE'],
  ]);
});

test('AS_OF puts each fact on a unit that lives on that day, or leaves it unallocated; with it the totals are equal', () => {
  const fact = fc.record({
    unit: fc.integer({ min: 0, max: copies.length - 1 }),
    amount: fc.integer({ min: 0, max: 1_000_000 }),
  });
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 300 }), fc.constantFrom(...days), (facts, day) => {
      const living = new Set(on(day).map(({ path }) => path));
      let allocated = 0;
      let unallocated = 0;
      for (const { unit: index, amount } of facts) {
        const copy = copyOf.get(copies[index]?.id ?? '');
        const path = copy && pathAsOf(copy, day, copyOf);
        if (path) {
          expect(living).toContain(path);
          expect(commonAncestor(path, copy.versions[0]?.path ?? '').startsWith('/BCA/')).toBe(true);
          allocated += amount;
        } else unallocated += amount;
      }
      expect(allocated + unallocated).toBe(facts.reduce((sum, { amount }) => sum + amount, 0));
    }),
    { numRuns: 30 },
  );
});

test('a copy holds what other subgraphs filter and sum by', () => {
  const copy = copies.find(({ code }) => code === 'X00004.1');
  expect(copy).toEqual({
    id: units.get('X00004.1')?._id,
    code: 'X00004.1',
    versions: [
      {
        path: '/BCA/T01.1/H001.1/X00004.1/',
        level: 'COMMUNE',
        provinceCode: '01',
        regionCode: 'DONG_BANG_SONG_HONG',
        from: '2021-08-01',
        before: '2025-03-01',
      },
      {
        path: '/BCA/T01.1/X00004.1/',
        level: 'COMMUNE',
        provinceCode: '01',
        regionCode: 'DONG_BANG_SONG_HONG',
        from: '2025-03-01',
        before: '2025-07-01',
      },
    ],
    successorId: units.get('X00004.2')?._id,
    version: 3,
  });
  expect(copies.length).toBe(rows.units.length);
});

test('a cut tree is as whole as the big one: teams by their mean, and only communes that have a source in it', () => {
  const cut = buildTree({
    tree: { ...volumes.demo.tree, provinces: ['44', '45'], districts: 2, communes: 3, teamsPerDistrict: 1.5 },
  });
  const count = (level: string) => cut.rows.units.filter((unit) => unit.level === level).length;
  expect([count('DISTRICT'), count('TEAM')]).toEqual([4, 6]);
  const orphans = cut.rows.versions.filter(
    ({ parentId }) => parentId !== null && !cut.rows.units.some(({ _id }) => _id === parentId),
  );
  expect(orphans).toEqual([]);
  const again = buildTree({
    tree: { ...volumes.demo.tree, provinces: ['44', '45'], districts: 2, communes: 3, teamsPerDistrict: 1.5 },
  });
  expect(again).toEqual(cut);
});

test('a tree that is not reorganised has no event', () => {
  const { rows: campaign, counts } = buildTree(volumes.campaign);
  expect([campaign.units.length, campaign.events, campaign.links, counts]).toEqual([64, [], [], null]);
});
