import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTree } from '../../database/seed/units/tree.ts';
import { volumes } from '../../database/seed/volumes.ts';
import { fold } from '../../subgraphs/records/fold.ts';
import { type OpenedUnits, openUnits } from './openUnits.ts';

interface Hit {
  readonly match: string;
  readonly matchedName: string;
  readonly unit: {
    readonly code: string;
    readonly level: string;
    readonly status: string;
    readonly path: string;
  };
  readonly onDate: { readonly path: string } | null;
}

const { rows } = buildTree(volumes.demo);

let units: OpenedUnits;
beforeAll(async () => {
  units = await openUnits(volumes.demo);
});
afterAll(() => units.close());

const search = async (text: string, rest = 'first: 5'): Promise<{ hits: Hit[]; commands: number }> => {
  const { data, errors, commands } = await units.ask(
    `query ($text: String!) { searchUnits(text: $text, ${rest}) { match matchedName unit { code level status path } onDate { path } } }`,
    { text },
  );
  expect(errors).toBeUndefined();
  return { hits: data.searchUnits, commands };
};
const codesOf = (hits: readonly Hit[]) => hits.map(({ unit }) => unit.code);
const first = async (text: string) => {
  const [hit] = (await search(text)).hits;
  return [hit?.unit.code, hit?.match];
};

describe('what was typed as it stands', () => {
  test.each([
    ['quang tri', 'T44.2', 'FOLDED'],
    ['Quảng Trị', 'T44.2', 'EXACT'],
    ['dak lak', 'T66.1', 'FOLDED'],
    ['công an tỉnh đắk lắk', 'T66.1', 'EXACT'],
    ['tp hà nội', 'T01.1', 'EXACT'],
    ['TP. Hồ Chí Minh', 'T79.1', 'EXACT'],
    ['hanoi', 'T01.1', 'PREFIX'],
    ['ca mau', 'T96.1', 'FOLDED'],
    ['ca tinh quang tri', 'T44.2', 'FOLDED'],
    ['thừa thiên', 'T46.1', 'PREFIX'],
    ['thua thien', 'T46.1', 'PREFIX'],
    ['truc b', 'X00004.1', 'FOLDED_PREFIX'],
    ['BCA', 'BCA', 'EXACT'],
    ['quan ba dinh', 'H001.1', 'FOLDED'],
  ])('"%s" finds %s, and says %s', async (text, code, match) => {
    expect(await first(text)).toEqual([code, match]);
  });

  test('finds as one types: every beginning from "quang t" on has Quảng Trị among the first ten', async () => {
    for (const whole of ['quang tri', 'Quảng Trị', 'tinh quang tri', 'công an tỉnh quảng trị']) {
      for (let end = whole.toLowerCase().search(/ tr/u) + 2; end <= whole.length; end += 1) {
        const { hits } = await search(whole.slice(0, end), 'first: 10');
        expect([whole.slice(0, end), codesOf(hits)]).toEqual([
          whole.slice(0, end),
          expect.arrayContaining(['T44.2']),
        ]);
      }
    }
  });

  test('puts the best match first, then living units, then higher levels', async () => {
    const ranks = ['EXACT', 'FOLDED', 'PREFIX', 'FOLDED_PREFIX', 'TYPO'];
    const depth = ({ unit }: Hit) => unit.path.split('/').length;
    for (const text of ['quang', 'quảng trị', 'tan', 'thanh hoa', 'xã tân thành']) {
      const { hits } = await search(text, 'first: 100');
      expect(hits.length).toBeGreaterThan(4);
      expect(
        hits.slice(1).every((hit, index) => {
          const before = hits[index] ?? hit;
          const byMatch = ranks.indexOf(before.match) - ranks.indexOf(hit.match);
          if (byMatch !== 0 || hit.match === 'TYPO') return byMatch <= 0;
          if (before.unit.status !== hit.unit.status) return before.unit.status < hit.unit.status;
          return depth(before) <= depth(hit);
        }),
      ).toBe(true);
    }
  });
});

test('costs two commands, whatever is typed and found', async () => {
  for (const text of ['quang tri', 'quag tri', 'xa tan thnh', 'xa', 'zzzz']) {
    for (const rest of ['first: 1', 'first: 100'])
      expect([text, (await search(text, rest)).commands]).toEqual([text, 2]);
  }
});

/** The rows of the table that shows dashboard developers how names match. */
const shown = [
  ...readFileSync('docs/search.md', 'utf8').matchAll(/^\| (.+) \| (Công an .+) \| ([A-Z_]+) \| .+ \|$/gmu),
].map(([, typed = '', name = '', match = '']) => [typed, name, match] as const);

test.each(shown)('docs/search.md is right: "%s" finds %s, and says %s', async (typed, name, match) => {
  const { hits } = await search(typed, 'first: 10');
  const named = new Set(rows.units.filter((unit) => unit.name.vi === name).map(({ code }) => code));
  expect(hits.find(({ unit }) => named.has(unit.code))?.match).toBe(match);
  expect(shown.length).toBe(11);
});

describe('units that share a name', () => {
  test('are all 27 communes "Xã Tân Thành" of 2021, before those that only fold to it', async () => {
    const { hits } = await search('xã tân thành', 'on: "2021-08-15", first: 100');
    const exact = hits.filter(({ match }) => match === 'EXACT');
    expect(exact.length).toBe(27);
    expect(hits.slice(0, 27)).toEqual(exact);
    expect(new Set(exact.map(({ matchedName }) => matchedName))).toEqual(new Set(['Công an xã Tân Thành']));
    expect(new Set(exact.map(({ onDate }) => onDate?.path)).size).toBe(27);
    expect(exact.every(({ onDate }) => /\/H\d+\.1\/X\d+\.1\/$/u.test(onDate?.path ?? ''))).toBe(true);
  });

  test('are all units, living or closed, that bear the name or bore it', async () => {
    const named = rows.units.filter(({ name, otherNames }) =>
      [name, ...otherNames.map((other) => other.name)].some(({ vi }) => /^công an xã tân thành$/iu.test(vi)),
    );
    const { hits } = await search('xã tân thành', 'first: 100');
    const exact = hits.filter(({ match }) => match === 'EXACT');
    expect(codesOf(exact).toSorted()).toEqual(named.map(({ code }) => code).toSorted());
    expect(new Set(exact.map(({ unit }) => unit.status))).toEqual(new Set(['ACTIVE', 'CLOSED']));
  });

  test('are found without the word for their kind and without marks; a list counts and pages through them', async () => {
    const { hits } = await search('tan thanh', 'on: "2021-08-15", first: 100');
    const { data } = await units.ask(
      '{ units(filter: { text: "tan thanh", existsOn: "2021-08-15" }, first: 1) { totalCount } }',
    );
    const folded = hits.filter(({ match }) => match === 'FOLDED');
    expect(folded.length).toBeGreaterThan(27);
    expect(data.units.totalCount).toBeGreaterThanOrEqual(folded.length);
  });

  test('are found by the name they had', async () => {
    const { hits } = await search('thị trấn đồng văn', 'first: 10');
    expect(hits.find(({ unit }) => unit.code === 'X00721.1')).toMatchObject({
      match: 'EXACT',
      matchedName: 'Công an thị trấn Đồng Văn',
      unit: { status: 'ACTIVE' },
    });
  });
});

describe('what was mistyped', () => {
  test.each([
    // A letter missing, wrong, too much, swapped; two slips in a longer name; two words as one.
    ['quag tri', 'T44.2'],
    ['quanh tri', 'T44.2'],
    ['quaang tri', 'T44.2'],
    ['dal lak', 'T66.1'],
    ['nghe na', 'T40.1'],
    ['thua tihen heu', 'T46.1'],
    ['quangtri', 'T44.2'],
    ['cong an tinh quag tri', 'T44.2'],
    // While the name is still typed.
    ['quag t', 'T44.2'],
    // A Vietnamese keyboard that was off: Telex, VNI.
    ['quangr tri', 'T44.2'],
    ['quarng trij', 'T44.2'],
    ['ddaks laks', 'T66.1'],
    ['ddawks lawks', 'T66.1'],
    ['da9k la81k', 'T66.1'],
    ['thuwaf thieen hueed', 'T46.1'],
    ['ca tinh quag tri', 'T44.2'],
  ])('"%s" still finds %s', async (text, code) => {
    expect(await first(text)).toEqual([code, 'TYPO']);
  });

  test.each(['phuong 12x', '999', 'zzzz', 'xq'])('"%s" is near no name', async (text) => {
    expect((await search(text)).hits).toEqual([]);
  });

  // Of "Huế" too little is left: three letters are one slip away from too much.
  const provinces = rows.units.filter(
    ({ level, status, shortName }) => level === 'PROVINCE' && status === 'ACTIVE' && shortName.length > 5,
  );
  const slip = fc.tuple(
    fc.constantFrom('wrong', 'missing', 'more', 'swapped'),
    fc.nat(40),
    fc.constantFrom(...'aeghinotu'),
  );
  const mistype = (name: string, [kind, place, letter]: [string, number, string]) => {
    const letters = [...name];
    const at = letters[place % name.length] === ' ' ? 0 : place % name.length;
    const [here = '', next = ''] = [letters[at], letters[at + 1]];
    if (kind === 'missing') letters.splice(at, 1);
    else if (kind === 'swapped' && next !== ' ') letters.splice(at, 2, next, here);
    else letters.splice(at, kind === 'more' ? 0 : 1, letter);
    return letters.join('');
  };

  test('any one slip in a province’s name still finds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...provinces), slip, async (unit, one) => {
        const typed = mistype(fold(unit.shortName), one);
        // "ca tho" is also the police of Thới Bình and a hundred others, as they stand.
        fc.pre(!/^(ca|tp|tt|tx|p|q|h|x) /u.test(typed));
        const { hits } = await search(typed, 'first: 100');
        expect([typed, codesOf(hits)]).toEqual([typed, expect.arrayContaining([unit.code])]);
      }),
      { numRuns: 60 },
    );
  });
});

test('what was learnt from one process is known to the next one by a page of its own', async () => {
  const pages = units.connection.collection<{ _id: number; texts: string[] }>('units_vocabulary');
  const seeded = await pages.find().toArray();
  expect(seeded.map(({ _id }) => _id)).toEqual([1]);
  expect((await search('xã quỷnh xuyên')).hits).toEqual([]);
  // As another process would write it, with a unit of this name.
  await pages.insertOne({ _id: 2, texts: ['xa quynh xuyen', 'quynh xuyen'] });
  const keys = { searchKeys: ['xa quynh xuyen', 'quynh xuyen'] };
  await units.connection.collection('units_units').updateOne({ code: 'X00001.1' }, { $set: keys });
  expect(await first('quynh xyen')).toEqual(['X00001.1', 'TYPO']);
});

test('records from before there was a vocabulary of names are brought up to it', async () => {
  const { connection } = units;
  const names = await connection.collection('units_vocabulary').findOne({});
  await connection.collection('units_vocabulary').deleteMany({});
  await connection.collection<{ _id: string }>('units_words').insertOne({ _id: 'tri' });
  await connection
    .collection<{ _id: string }>('_migrations')
    .updateOne({ _id: 'units' }, { $set: { migrations: [] } });
  await units.migrate();
  expect(await connection.listCollections()).not.toContainEqual(
    expect.objectContaining({ name: 'units_words' }),
  );
  const brought = await connection.collection('units_vocabulary').findOne({});
  expect(brought?.texts).toEqual(
    expect.arrayContaining(names?.texts.filter((name: string) => /tri/u.test(name))),
  );
});
