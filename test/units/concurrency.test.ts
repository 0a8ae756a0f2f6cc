import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secondAdmin, smallTree, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits({ ...smallTree, districts: 8, communes: 30 });
});
afterAll(() => graph.drop());

describe('two hundred writers on one unit', () => {
  it('lead to one winner, and everybody else hears why not', async () => {
    const unit = await graph.at('X18901.1');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        graph.run('renameUnit', { unit, name: { vi: `Công an ${index % 2 ? 'xã' : 'phường'} Quy Đạt` } }),
      ),
    );
    expect(answers.filter((answer) => answer.unit !== null)).toHaveLength(1);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes.filter((code) => code === 'VERSION_CONFLICT')).toHaveLength(199);
    const { unit: read } = await graph.ask('{ unit(code: "X18901.1") { version versions { validFrom } } }');
    expect(read).toEqual({
      version: 2,
      versions: [{ validFrom: '2021-08-01' }, { validFrom: '2026-01-15' }],
    });
  });
});

describe('ten units that get names which nobody knew, all at once', () => {
  it('are all found by these names, whoever mistypes them', async () => {
    const codes = graph.rows.units
      .flatMap(({ code, level }) => (level === 'COMMUNE' ? [code] : []))
      .slice(20, 30);
    const words = ['bưởi', 'cam', 'dừa', 'khế', 'mít', 'nhãn', 'ổi', 'quýt', 'sung', 'xoài'];
    const answers = await Promise.all(
      codes.map(async (code, index) =>
        graph.run('renameUnit', {
          unit: await graph.at(code),
          name: { vi: `Công an xã Vườn ${words[index]}` },
        }),
      ),
    );
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const { searchUnits: hits } = await graph.ask(
      '{ searchUnits(text: "xa vuown", first: 100) { match unit { code } } }',
    );
    // A new name opens the next generation of the code.
    const renamed = answers.map((answer) => answer.unit.code);
    expect(hits.map((hit: { match: string }) => hit.match)).toEqual(renamed.map(() => 'TYPO'));
    expect(hits.map((hit: { unit: { code: string } }) => hit.unit.code).sort()).toEqual(renamed.sort());
    const pages = await graph.collection('units_vocabulary').find().sort({ _id: 1 }).toArray();
    expect(pages.map(({ _id }) => Number(_id))).toEqual(pages.map((_, index) => index + 1));
  });
});

describe('a unit that ends while another one comes to stand under it', () => {
  it('is one or the other, never a living unit under a closed one', async () => {
    const district = await graph.at('H461.1');
    const close = async () => {
      const into = { ...(await graph.at('T45.1')), share: 'FULL' };
      // Its team cannot move, so that it ends first.
      return graph.run('closeUnit', { unit: district, successors: [into], children: 'MOVE' });
    };
    const team = await graph.at('E46101.1');
    await graph.run('closeUnit', { unit: team, noSuccessor: true, note: { vi: 'Kết thúc.' } });
    const mover = await graph.at('X19357.1');
    const [closed, moved] = await Promise.all([
      close(),
      graph.run('moveUnit', { unit: mover, parent: district }),
    ]);
    expect([closed.unit, moved.unit].filter((unit) => unit !== null)).toHaveLength(1);
  });
});

describe('a merger of provinces', () => {
  it('rewrites hundreds of paths in a number of commands that does not grow with them', async () => {
    const count = async (code: string) =>
      graph.collection('units_units').countDocuments({ path: { $regex: `/${code}/` }, status: 'ACTIVE' });
    const before = [await count('T44.1'), await count('T45.1')];
    const input = { sources: [await graph.at('T44.1')], into: await graph.at('T45.1'), children: 'MOVE' };
    const { proposal } = await graph.run('mergeUnits', input);
    const commands: string[] = [];
    const client = graph.connection.getClient();
    const listen = ({ commandName }: { commandName: string }) => commands.push(commandName);
    client.on('commandStarted', listen);
    const done = await graph.run('confirmUnitMerge', { id: proposal.id, expectedVersion: 1 }, secondAdmin);
    client.off('commandStarted', listen);
    expect(done.userErrors).toEqual([]);
    expect(done.plan.total).toBe(before[0]);
    expect(done.plan.rows).toHaveLength(100);
    expect(before[0]).toBeGreaterThan(150);
    expect([await count('T44.1'), await count('T45.1')]).toEqual([
      0,
      (before[0] ?? 0) - 1 + (before[1] ?? 0),
    ]);
    expect(commands.length).toBeLessThan(40);
    expect(await graph.collection('units_outbox').countDocuments({ action: 'confirmUnitMerge' })).toBe(
      (before[0] ?? 0) + 2,
    );
  });
});
