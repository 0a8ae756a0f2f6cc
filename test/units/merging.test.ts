import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { admin, commune, faults, ministry, secondAdmin, type Writing, writeUnits } from './writeUnits.ts';

let graph: Writing;
beforeAll(async () => {
  graph = await writeUnits();
});
beforeEach(() => graph.reset());
afterAll(() => graph.drop());

const provinces = async (more: object = {}) => ({
  sources: [await graph.at('T44.1')],
  into: await graph.at('T45.1'),
  children: 'MOVE',
  ...more,
});
const propose = async (more: object = {}, viewer = admin) =>
  (await graph.run('mergeUnits', await provinces(more), viewer)).proposal;
const decide = (
  name: string,
  { id, version }: { id: string; version: number },
  viewer = secondAdmin,
  more: object = {},
) => graph.run(name, { id, expectedVersion: version, ...more }, viewer);

describe('a merger', () => {
  it('is proposed by one person and carried out by another', async () => {
    const proposed = await graph.run('mergeUnits', await provinces(), ministry);
    expect(proposed).toMatchObject({
      proposal: { status: 'PENDING', version: 1, proposedBy: 'ministry-1', decidedBy: null },
      unit: null,
      // The province ends, two districts and a division move, six communes and two teams follow.
      plan: { total: 12, facts: [{ path: '/BCA/T44.1/' }] },
    });
    const before = await graph.ask('{ unit(code: "T44.1") { status } }');
    expect(before.unit.status).toBe('ACTIVE');

    const done = await decide('confirmUnitMerge', proposed.proposal);
    expect(done).toMatchObject({
      proposal: { status: 'CONFIRMED', version: 2, decidedBy: 'admin-2' },
      unit: { code: 'T45.1' },
      plan: proposed.plan,
      userErrors: [],
    });
    const after = await graph.ask(`{
      gone: unit(code: "T44.1") { status events { kind } successors { to { code } share primary } }
      follower: unit(code: "X18853.1") { path provinceCode version }
      onDay: unit(code: "X18853.1") { on(date: "2021-08-15") { path provinceCode } }
      changes: unitChanges { caughtUp }
    }`);
    expect(after).toMatchObject({
      gone: {
        status: 'CLOSED',
        events: [{ kind: 'MERGE' }],
        successors: [{ to: { code: 'T45.1' }, share: 'FULL', primary: true }],
      },
      follower: { path: '/BCA/T45.1/H450.1/X18853.1/', provinceCode: '45', version: 2 },
      onDay: { on: { path: '/BCA/T44.1/H450.1/X18853.1/', provinceCode: '44' } },
    });
    const copy = await graph.collection('units_outbox').findOne({ 'copy.code': 'T44.1' });
    const target = await graph.collection('units_units').findOne({ code: 'T45.1' });
    expect(copy).toMatchObject({ copy: { successorId: target?._id, version: 2 } });
  });

  it('goes into a new unit as well', async () => {
    const input = {
      sources: [await graph.at('X18853.1'), await graph.at('X18856.1')],
      intoNew: commune('X90020.1', await graph.at('H450.1'), 'Công an phường Hải Phú'),
    };
    const { proposal } = await graph.run('mergeUnits', input);
    const done = await decide('confirmUnitMerge', proposal);
    expect(done).toMatchObject({
      unit: { code: 'X90020.1', existsFrom: '2026-01-15' },
      plan: {
        total: 3,
        facts: [{ path: '/BCA/T44.1/H450.1/X18853.1/' }, { path: '/BCA/T44.1/H450.1/X18856.1/' }],
      },
    });
  });

  it('is not confirmed by whoever proposed it: SECOND_PERSON_REQUIRED', async () => {
    const proposal = await propose();
    const answer = await decide('confirmUnitMerge', proposal, admin);
    expect(faults(answer)).toEqual(['SECOND_PERSON_REQUIRED input.id']);
    expect((await decide('confirmUnitMerge', proposal, admin, { dryRun: true })).plan).toBeNull();
  });

  it('is not carried out when one of its units has changed since', async () => {
    const proposal = await propose();
    await graph.run('renameUnit', { unit: await graph.at('T44.1'), name: { vi: 'Công an Quảng Bình' } });
    expect(faults(await decide('confirmUnitMerge', proposal))).toEqual([
      'VERSION_CONFLICT input.id.sources.0.expectedVersion',
    ]);
  });

  it('tells by a dry run what confirming it would change, and changes nothing', async () => {
    const proposal = await propose();
    const dry = await decide('confirmUnitMerge', proposal, secondAdmin, { dryRun: true });
    expect(dry).toMatchObject({ proposal: { status: 'PENDING' }, unit: null, plan: { total: 12 } });
    expect((await graph.run('mergeUnits', await provinces({ dryRun: true }))).proposal).toBeNull();
    expect(await graph.collection('units_merge_proposals').countDocuments()).toBe(1);
  });

  it.each([
    ['PENDING', 'confirmUnitMerge', []],
    ['PENDING', 'rejectUnitMerge', []],
    ['CONFIRMED', 'confirmUnitMerge', ['INVALID_STATE ']],
    ['CONFIRMED', 'rejectUnitMerge', ['INVALID_STATE ']],
    ['REJECTED', 'confirmUnitMerge', ['INVALID_STATE ']],
    ['REJECTED', 'rejectUnitMerge', ['INVALID_STATE ']],
  ])('in the state %s, %s answers %j', async (state, action, expected) => {
    const reason = (name: string) => (name === 'rejectUnitMerge' ? { reason: 'Chưa đủ căn cứ.' } : {});
    const leading = { CONFIRMED: 'confirmUnitMerge', REJECTED: 'rejectUnitMerge' }[state];
    let proposal = await propose();
    if (leading) proposal = (await decide(leading, proposal, secondAdmin, reason(leading))).proposal;
    expect(proposal.status).toBe(state);
    expect(faults(await decide(action, proposal, secondAdmin, reason(action)))).toEqual(expected);
  });

  it('is read, with its story, by the ministry and administrators only', async () => {
    const { id, version } = await propose();
    await decide('rejectUnitMerge', { id, version }, ministry, { reason: 'Chưa đủ căn cứ.' });
    const query = `{ unitMergeProposals(status: [REJECTED]) { totalCount nodes {
      status rejectReason proposedBy decidedBy intoCode effectiveOn decision { number }
      sources { code } into { code } audit { nodes { action reason } }
    } } }`;
    expect(await graph.ask(query, {}, ministry)).toEqual({
      unitMergeProposals: {
        totalCount: 1,
        nodes: [
          {
            status: 'REJECTED',
            rejectReason: 'Chưa đủ căn cứ.',
            proposedBy: 'admin-1',
            decidedBy: 'ministry-1',
            intoCode: 'T45.1',
            effectiveOn: '2026-01-15',
            decision: { number: '01/QĐ-BCA' },
            sources: [{ code: 'T44.1' }],
            into: { code: 'T45.1' },
            audit: {
              nodes: expect.arrayContaining([
                { action: 'rejectUnitMerge', reason: 'Chưa đủ căn cứ.' },
                { action: 'mergeUnits', reason: null },
              ]),
            },
          },
        ],
      },
    });
    const officer = { ...admin, role: 'OFFICER' as const };
    await expect(graph.ask(query, {}, officer)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
    await expect(graph.run('mergeUnits', await provinces(), officer)).rejects.toThrow(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
    const other = { idempotencyKey: randomUUID(), id, expectedVersion: 1 };
    await expect(graph.run('confirmUnitMerge', other, ministry)).rejects.toThrow(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });
});
