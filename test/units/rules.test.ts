import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, commune, decision, faults, ministry, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits();
});
beforeEach(() => graph.reset());
afterAll(() => graph.drop());

const move = async (code: string, parent: string, more: object = {}) =>
  graph.run('moveUnit', { unit: await graph.at(code), parent: await graph.at(parent), ...more });
const open = async (code: string, parent: string, more: object = {}, day: object = {}) =>
  graph.run('openUnit', { unit: { ...commune(code, await graph.at(parent)), ...more }, ...day });
const close = async (code: string, more: object = {}) =>
  graph.run('closeUnit', {
    unit: await graph.at(code),
    noSuccessor: true,
    note: { vi: 'Không còn.' },
    ...more,
  });
const on = (effectiveOn: string) => ({ effectiveOn });

describe('UNIT_CODE_TAKEN', () => {
  it('names the next free generation', async () => {
    const answer = await open('X18853.1', 'H450.1');
    expect(faults(answer)).toEqual(['UNIT_CODE_TAKEN input.unit.code']);
    expect(answer.userErrors[0].params).toEqual([
      { name: 'code', value: 'X18853.1' },
      { name: 'free', value: 'X18853.2' },
    ]);
  });

  it('holds for two that open it in the same instant', async () => {
    const [first, second] = [await graph.at('H450.1'), await graph.at('H452.1')];
    const answers = await Promise.all(
      [first, second].map((parent) => graph.run('openUnit', { unit: commune('X90003.1', parent) })),
    );
    expect(answers.flatMap(faults)).toEqual(['UNIT_CODE_TAKEN input.unit.code']);
  });
});

describe('UNIT_CYCLE', () => {
  it('keeps a unit from standing under itself', async () => {
    expect(faults(await move('H450.1', 'H450.1'))).toContain('UNIT_CYCLE input.parent.code');
  });

  it('keeps a unit from standing under one below it', async () => {
    expect(faults(await move('H450.1', 'X18853.1'))).toContain('UNIT_CYCLE input.parent.code');
  });

  it('keeps a unit from going into itself', async () => {
    const sources = [await graph.at('X18853.1')];
    expect(faults(await graph.run('mergeUnits', { sources, into: sources[0] }))).toContain(
      'UNIT_CYCLE input.sources.0',
    );
  });

  it('keeps a unit from being its own successor', async () => {
    const successors = [{ ...(await graph.at('X18853.1')), share: 'FULL' }];
    expect(faults(await close('X18853.1', { successors, noSuccessor: false }))).toEqual([
      'UNIT_CYCLE input.successors.0.code',
    ]);
  });

  it('keeps the units below one that ends from moving under one of themselves', async () => {
    const successors = [{ ...(await graph.at('H450.1')), share: 'FULL' }];
    expect(faults(await close('T44.1', { successors, noSuccessor: false, children: 'MOVE' }))).toContain(
      'UNIT_CYCLE input.children',
    );
  });
});

describe('UNIT_PERIOD_OVERLAP', () => {
  it('keeps history: nothing changes before the last change', async () => {
    await move('X18853.1', 'H452.1');
    expect(faults(await move('X18853.1', 'T44.1', on('2026-01-14')))).toEqual([
      'UNIT_PERIOD_OVERLAP input.unit',
    ]);
  });

  it('keeps a unit from changing before it began', async () => {
    expect(faults(await move('X18853.1', 'H452.1', on('2021-07-31')))).toEqual([
      'UNIT_PERIOD_GAP input.parent.code',
      'UNIT_PERIOD_OVERLAP input.unit',
    ]);
  });

  it('keeps a unit from moving while one below it changes later', async () => {
    await graph.run('renameUnit', {
      unit: await graph.at('X18853.1'),
      name: { vi: 'Công an xã Hải Thành' },
      effectiveOn: '2026-03-01',
    });
    const answer = await move('H450.1', 'T45.1', on('2026-02-01'));
    expect(faults(answer)).toEqual(['UNIT_PERIOD_OVERLAP input.unit']);
    expect(answer.userErrors[0].params).toContainEqual({ name: 'since', value: '2026-03-01' });
  });

  it('keeps a unit from ending on the day it begins', async () => {
    await open('X90004.1', 'H450.1');
    expect(faults(await close('X90004.1'))).toEqual(['UNIT_PERIOD_OVERLAP input.unit']);
  });

  it('keeps a unit from ending before another one goes into it', async () => {
    const successors = [{ ...(await graph.at('X18856.1')), share: 'FULL' }];
    await close('X18853.1', { successors, noSuccessor: false, ...on('2026-03-01') });
    expect(faults(await close('X18856.1', on('2026-02-01')))).toEqual(['UNIT_PERIOD_OVERLAP input.unit']);
    // On that day itself both end, one into the other: what they did has no place after it.
    expect(faults(await close('X18856.1', on('2026-03-01')))).toEqual([]);
  });

  it('keeps two generations of a code from living on one day', async () => {
    expect(faults(await open('X18853.2', 'H450.1'))).toEqual(['UNIT_PERIOD_OVERLAP input.unit.code']);
    await close('X18853.1');
    expect(faults(await open('X18853.2', 'H450.1'))).toEqual([]);
  });
});

describe('UNIT_PERIOD_GAP', () => {
  it('keeps a unit from beginning before its parent', async () => {
    await open('H90005.1', 'T44.1', { level: 'DISTRICT' });
    const answer = await open('X90005.1', 'H90005.1', {}, on('2026-01-14'));
    expect(faults(answer)).toEqual(['UNIT_PERIOD_GAP input.unit.parent.code']);
    expect(faults(await open('X90005.1', 'H90005.1'))).toEqual([]);
  });

  it('keeps a generation from being left out', async () => {
    const answer = await open('X18853.3', 'H450.1');
    expect(faults(answer)).toEqual(['UNIT_PERIOD_GAP input.unit.code']);
    expect(answer.userErrors[0].params).toContainEqual({ name: 'needs', value: 'X18853.2' });
  });

  it('keeps a unit from going into one that begins later', async () => {
    await open('X90006.1', 'H450.1');
    const successors = [{ ...(await graph.at('X90006.1')), share: 'FULL' }];
    expect(faults(await close('X18853.1', { successors, noSuccessor: false, ...on('2026-01-01') }))).toEqual([
      'UNIT_PERIOD_GAP input.successors.0.code',
    ]);
  });
});

describe('UNIT_CLOSED_ON_DATE', () => {
  it('keeps a unit that has ended as it was, and from being anybody’s parent', async () => {
    await close('X18853.1');
    expect(faults(await move('X18853.1', 'H452.1'))).toEqual(['UNIT_CLOSED_ON_DATE input.unit']);
    expect(faults(await close('X18853.1'))).toEqual(['UNIT_CLOSED_ON_DATE input.unit']);
    await close('E45001.1');
    for (const code of ['X18856.1', 'X18859.1']) await move(code, 'T44.1');
    await close('H450.1');
    expect(faults(await open('X90007.1', 'H450.1'))).toEqual(['UNIT_CLOSED_ON_DATE input.unit.parent.code']);
  });
});

describe('UNIT_HAS_OPEN_CHILDREN', () => {
  it('keeps a unit alive while others stand under it, those to come included', async () => {
    expect(faults(await close('H450.1'))).toEqual(['UNIT_HAS_OPEN_CHILDREN input.unit']);
    await open('H90008.1', 'T44.1', { level: 'DISTRICT' });
    await open('X90008.1', 'H90008.1', {}, on('2026-06-01'));
    expect(faults(await close('H90008.1', on('2026-02-01')))).toEqual(['UNIT_HAS_OPEN_CHILDREN input.unit']);
  });

  it('is not answered by MOVE where nobody takes the unit over wholly', async () => {
    const successors = [{ ...(await graph.at('H452.1')), share: 'PARTIAL' }];
    const answer = await close('H450.1', { successors, noSuccessor: false, children: 'MOVE' });
    expect(faults(answer)).toEqual(['UNIT_HAS_OPEN_CHILDREN input.unit']);
  });

  it('holds for every unit of a merger', async () => {
    const sources = [await graph.at('H450.1')];
    const into = await graph.at('H452.1');
    expect(faults(await graph.run('mergeUnits', { sources, into }))).toEqual([
      'UNIT_HAS_OPEN_CHILDREN input.sources.0',
    ]);
  });
});

describe('UNIT_LEVEL_ORDER', () => {
  it.each([
    ['a commune under a department', 'D01.1', 'COMMUNE', 'X90009.1'],
    ['a commune under a commune', 'X18853.1', 'COMMUNE', 'X90009.1'],
    ['a province under a province', 'T44.1', 'PROVINCE', 'T90.1'],
    ['a team under a province', 'T44.1', 'TEAM', 'E90009.1'],
  ])('keeps %s from opening', async (_, parent, level, code) => {
    expect(faults(await open(code, parent, { level }))).toEqual(['UNIT_LEVEL_ORDER input.unit.level']);
  });

  it('keeps units of two levels apart', async () => {
    const sources = [await graph.at('X18853.1')];
    const answer = await graph.run('mergeUnits', { sources, into: await graph.at('H452.1') });
    expect(faults(answer)).toEqual(['UNIT_LEVEL_ORDER input.sources.0']);
    const unit = commune('X90010.1', await graph.at('H450.1'));
    const from = [await graph.at('E45001.1')];
    expect(faults(await graph.run('splitUnit', { from, unit }))).toEqual(['UNIT_LEVEL_ORDER input.from.0']);
  });

  it('keeps the ministry', async () => {
    const successors = [{ ...(await graph.at('T44.1')), share: 'FULL' }];
    const answer = await close('BCA', { successors, noSuccessor: false });
    expect(faults(answer)).toContain('UNIT_LEVEL_ORDER input.unit');
  });

  it('keeps children from moving where they cannot stand', async () => {
    const successors = [{ ...(await graph.at('T44.1')), share: 'FULL' }];
    // Its team cannot stand under a province.
    const answer = await close('H450.1', { successors, noSuccessor: false, children: 'MOVE' });
    expect(faults(answer)).toEqual(['UNIT_LEVEL_ORDER input.children']);
  });
});

describe('SUCCESSOR_REQUIRED', () => {
  it.each([
    ['nobody is named', { noSuccessor: false }],
    ['it is not said why nobody is', { noSuccessor: true, note: null }],
  ])('keeps a unit alive while %s', async (_, more) => {
    expect(faults(await close('X18853.1', more))).toEqual(['SUCCESSOR_REQUIRED input.successors']);
  });
});

describe('input that makes no sense', () => {
  it.each([
    ['a decision without a number', { decision: { date: '2026-01-01' } }, 'input.decision.number'],
    ['a decision without a date', { decision: { number: '1' } }, 'input.decision.date'],
    ['a day more than a year ahead', { effectiveOn: '2027-02-01' }, 'input.effectiveOn'],
    ['the parent that it has', { parent: { code: 'H450.1', expectedVersion: 1 } }, 'input.parent.code'],
    ['a note that is too long', { note: { vi: 'x'.repeat(1001) } }, 'input.note.vi'],
  ])('refuses %s', async (_, more, path) => {
    expect(faults(await move('X18853.1', 'H452.1', more))).toEqual([`INPUT_INVALID ${path}`]);
  });

  it.each([
    ['a code of another level', { code: 'H90011.1' }, 'code'],
    ['a code without a generation', { code: 'X90011' }, 'code'],
    ['a region for a commune', { region: 'TAY_NGUYEN' }, 'region'],
    ['a name that is too long', { name: { vi: 'x'.repeat(201) } }, 'name.vi'],
  ])('refuses to open a commune with %s', async (_, more, path) => {
    expect(faults(await open('X90011.1', 'H450.1', more))).toEqual([`INPUT_INVALID input.unit.${path}`]);
  });

  it('refuses a region that there is not', async () => {
    const answer = await open('T90.1', 'BCA', { level: 'PROVINCE', region: 'NOWHERE' });
    expect(faults(answer)).toEqual(['NOT_FOUND input.unit.region']);
  });

  it('refuses the name that the unit has', async () => {
    const unit = await graph.at('X18853.1');
    const answer = await graph.run('renameUnit', { unit, name: { vi: 'Công an phường Hải Thành' } });
    expect(faults(answer)).toEqual(['INPUT_INVALID input.name']);
  });

  it('refuses a full successor beside others, and successors beside none', async () => {
    const [a, b] = [await graph.at('X18856.1'), await graph.at('X18859.1')];
    const successors = [
      { ...a, share: 'FULL' },
      { ...b, share: 'PARTIAL' },
    ];
    expect(faults(await close('X18853.1', { successors, noSuccessor: true }))).toEqual([
      'INPUT_INVALID input.noSuccessor',
      'INPUT_INVALID input.successors',
    ]);
  });

  it('refuses a unit named twice, and a merger into both or neither', async () => {
    const source = await graph.at('X18853.1');
    const into = await graph.at('X18856.1');
    expect(faults(await graph.run('mergeUnits', { sources: [source, source], into }))).toEqual([
      'INPUT_INVALID input.sources.1.code',
    ]);
    expect(faults(await graph.run('mergeUnits', { sources: [source] }))).toEqual([
      'INPUT_INVALID input.into',
    ]);
    const intoNew = commune('X90012.1', await graph.at('H450.1'));
    expect(faults(await graph.run('mergeUnits', { sources: [source], into, intoNew }))).toEqual([
      'INPUT_INVALID input.into',
    ]);
    expect(faults(await graph.run('mergeUnits', { sources: [source], intoNew }))).toEqual([
      'INPUT_INVALID input.intoNew',
    ]);
  });

  it('names every unit that there is not, and every one that has changed since it was read', async () => {
    const forged = { code: 'X99999.9', expectedVersion: 1 };
    expect(faults(await graph.run('moveUnit', { unit: forged, parent: forged }))).toEqual([
      'NOT_FOUND input.unit.code',
      'NOT_FOUND input.parent.code',
    ]);
    const stale = { code: 'X18853.1', expectedVersion: 9 };
    expect(
      faults(await graph.run('moveUnit', { unit: stale, parent: { ...stale, code: 'H452.1' } })),
    ).toEqual([
      'VERSION_CONFLICT input.unit.expectedVersion',
      'VERSION_CONFLICT input.parent.expectedVersion',
    ]);
  });
});

describe('who may change the tree', () => {
  const mutations = ['openUnit', 'renameUnit', 'moveUnit', 'splitUnit', 'closeUnit'];

  it.each(mutations)('%s is for administrators', async (name) => {
    const unit = { code: 'X18853.1', expectedVersion: 1 };
    const inputs: Record<string, object> = {
      openUnit: { unit: commune('X90013.1', unit) },
      renameUnit: { unit, name: { vi: 'Tên' } },
      moveUnit: { unit, parent: unit },
      splitUnit: { from: [unit], unit: commune('X90013.1', unit) },
      closeUnit: { unit },
    };
    await expect(graph.run(name, inputs[name] ?? {}, ministry)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  it('an administrator reaches only the units of the own part of the tree', async () => {
    const elsewhere = { ...admin, unitPath: '/BCA/T45.1/' };
    const input = { unit: await graph.at('X18853.1'), parent: await graph.at('H452.1') };
    await expect(graph.run('moveUnit', input, elsewhere)).rejects.toThrow('OUT_OF_SUBTREE');
  });

  it('an idempotency key moves a unit once', async () => {
    const input = {
      unit: await graph.at('X18853.1'),
      parent: await graph.at('H452.1'),
      idempotencyKey: randomUUID(),
      decision,
    };
    const first = await graph.run('moveUnit', input);
    expect(await graph.run('moveUnit', input)).toEqual(first);
    expect(first.unit.version).toBe(2);
  });
});
