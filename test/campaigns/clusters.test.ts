import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import {
  at,
  codes,
  commanderOf,
  nodeOf,
  officerOf,
  openReporting,
  type Reporting,
  type ReportNode,
} from './reporting.ts';

let graph: Reporting;
beforeAll(async () => {
  graph = await openReporting();
});
afterAll(() => graph.close());

const ministry = commanderOf('/BCA/');
const criterion = (code: string, maxScore: number) => ({ code, name: { vi: `Tiêu chí ${code}` }, maxScore });
const criteria = [criterion('TC1', 60), criterion('TC2', 40)];
const scores = (tc1: number, tc2: number) => [
  { criterion: 'TC1', score: tc1 },
  { criterion: 'TC2', score: tc2 },
];

let number = 0;
const creating = (fields: object = {}) => ({
  code: `CUM-T${++number}`,
  year: 2025,
  name: { vi: 'Cụm thi đua thử' },
  leader: 'T01.1',
  members: ['T44.2', 'T01.1', 'D01.1'],
  criteria,
  ...fields,
});

let cluster: ReportNode;
beforeEach(async () => {
  cluster = nodeOf(await graph.write('createCluster', creating(), ministry, 'id version'));
});

/** What one member gives another; by the commander of the member that scores. */
const score = (scorer: string, member: string, fields: object = {}, path = `/BCA/${scorer}/`) =>
  graph.write(
    'scoreClusterMember',
    { cluster: cluster.id, scorer, member, scores: scores(50, 30), ...fields },
    commanderOf(path),
    'id version score period',
  );

const ranking = async () => {
  const answer = await graph.ask(
    `{ emulationCluster(id: "${cluster.id}") { ranking { nodes { rank tied score unit { id } scores { criterion score } } } } }`,
  );
  type Row = { rank: number; tied: boolean; score: number; unit: { id: string }; scores: object[] };
  return dataOf<{ emulationCluster: { ranking: { nodes: Row[] } } }>(answer).emulationCluster.ranking.nodes;
};

describe('making a cluster', () => {
  it('puts its members into the order of the tree, and leaves a trace', async () => {
    const { node } = await graph.write(
      'createCluster',
      creating(),
      ministry,
      `code year version synthetic closedOn leader { id } members { nodes { unit { id } } }
       criteria { code maxScore } audit { nodes { action } }`,
    );
    expect(node).toEqual({
      code: `CUM-T${number}`,
      year: 2025,
      version: 1,
      synthetic: false,
      closedOn: null,
      leader: { id: graph.idOf('T01.1') },
      members: { nodes: ['D01.1', 'T01.1', 'T44.2'].map((code) => ({ unit: { id: graph.idOf(code) } })) },
      criteria: [
        { code: 'TC1', maxScore: 60 },
        { code: 'TC2', maxScore: 40 },
      ],
      audit: { nodes: [{ action: 'createCluster' }] },
    });
    const { data } = await graph.ask(`{ emulationClusters(year: 2025, member: "T44.2") { nodes { code } } }`);
    expect(JSON.stringify(data)).toContain(`"CUM-T${number}"`);
  });

  it.each([
    ['one member', { members: ['T01.1'] }, 'INPUT_INVALID', 'input.members'],
    ['a member twice', { members: ['T01.1', 'T44.2', 'T01.1'] }, 'INPUT_INVALID', 'input.members.2'],
    ['an unknown member', { members: ['T01.1', 'T99.1'] }, 'NOT_FOUND', 'input.members.1'],
    [
      'a member that was closed before the year',
      { year: 2026, members: ['T01.1', 'T44.1'] },
      'UNIT_ABSENT',
      'input.members.1',
    ],
    ['a leader from outside', { leader: 'T45.1' }, 'CLUSTER_NOT_MEMBER', 'input.leader'],
    ['a year far off', { year: 2028 }, 'INPUT_INVALID', 'input.year'],
    ['no criteria', { criteria: [] }, 'INPUT_INVALID', 'input.criteria'],
    [
      'criteria with one code',
      { criteria: [criterion('TC1', 50), criterion('TC1', 50)] },
      'INPUT_INVALID',
      'input.criteria.1.code',
    ],
    ['a code with blanks', { code: 'CUM 1' }, 'INPUT_INVALID', 'input.code'],
    [
      'criteria that do not add up to 100',
      { criteria: [criterion('TC1', 90)] },
      'CRITERIA_TOTAL_NOT_100',
      'input.criteria',
    ],
  ])('refuses %s', async (_, wrong, code, path) => {
    const { node, told } = await graph.write('createCluster', creating(wrong), ministry, 'id');
    expect({ node, told: told.map((one) => [one.code, one.path]) }).toEqual({
      node: null,
      told: [[code, path]],
    });
  });

  it('takes other totals when the warning is acknowledged with a reason', async () => {
    const acknowledged = { acknowledge: ['CRITERIA_TOTAL_NOT_100'], acknowledgeReason: 'Thang điểm 90.' };
    const input = creating({ criteria: [criterion('TC1', 90)], ...acknowledged });
    expect((await graph.write('createCluster', input, ministry, 'version')).node).toEqual({ version: 1 });
  });

  it('gives a code once in a year, also when twenty ask at once', async () => {
    const input = creating();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => graph.write('createCluster', input, ministry, 'id')),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['CLUSTER_CODE_TAKEN']));
  });

  it('is for commanders of a unit above all members', async () => {
    const by = async (viewer = ministry) =>
      (await graph.write('createCluster', creating(), viewer, 'id')).thrown;
    expect(await by(officerOf('/BCA/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await by(viewerOf('MINISTRY', '/BCA/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await by(commanderOf('/BCA/T01.1/'))).toBe('OUT_OF_SUBTREE');
    expect(await by()).toBeNull();
  });
});

describe('scoring', () => {
  it('makes the ranking by the mean of what peers gave; equal means share a rank', async () => {
    await score('T01.1', 'T44.2', { scores: scores(50, 30) });
    await score('D01.1', 'T44.2', { scores: scores(55, 35) });
    await score('T44.2', 'T01.1', { scores: scores(60, 25) });
    await score('T44.2', 'D01.1', { scores: scores(10, 10.5) });
    expect(await ranking()).toEqual([
      { rank: 1, tied: true, score: 85, unit: { id: graph.idOf('T01.1') }, scores: scores(60, 25) },
      { rank: 1, tied: true, score: 85, unit: { id: graph.idOf('T44.2') }, scores: scores(52.5, 32.5) },
      { rank: 3, tied: false, score: 20.5, unit: { id: graph.idOf('D01.1') }, scores: scores(10, 10.5) },
    ]);
  });

  it('said again replaces what was given, by the version that was read', async () => {
    const first = await score('T01.1', 'T44.2');
    expect(first.node).toMatchObject({ version: 1, score: 80, period: '2025' });
    expect(codes(await score('T01.1', 'T44.2', { scores: scores(1, 1) }))).toEqual(['VERSION_CONFLICT']);
    const again = await score('T01.1', 'T44.2', { scores: scores(40, 20), expectedVersion: 1 });
    expect(again.node).toEqual({ ...first.node, version: 2, score: 60 });
    expect(await ranking()).toMatchObject([{ score: 60 }]);
    const given = `{ emulationCluster(id: "${cluster.id}") { peerScores(scorer: "T01.1") {
      version score member { id } scorer { id } cluster { id } audit { totalCount } } } }`;
    const { data } = await graph.ask(given, {}, commanderOf('/BCA/T01.1/'));
    expect(data).toEqual({
      emulationCluster: {
        peerScores: [
          {
            version: 2,
            score: 60,
            member: { id: graph.idOf('T44.2') },
            scorer: { id: graph.idOf('T01.1') },
            cluster: { id: cluster.id },
            audit: { totalCount: 2 },
          },
        ],
      },
    });
    const refused = async (path: string) =>
      (await graph.ask(given, {}, commanderOf(path))).errors?.[0]?.extensions?.code;
    expect(await refused('/BCA/T44.2/')).toBe('OUT_OF_SUBTREE');
    expect((await graph.ask(given, {}, viewerOf('PUBLIC'))).errors?.[0]?.extensions?.code).toBe(
      'UNAUTHORIZED_FIELD_OR_TYPE',
    );
  });

  it('loses nothing when all members score one at once', async () => {
    const members = ['T44.2', 'T01.1', 'D01.1', 'D02.1'];
    const made = await graph.write('createCluster', creating({ members }), ministry, 'id version');
    cluster = nodeOf(made);
    await Promise.all([
      score('T44.2', 'D02.1', { scores: scores(10, 0) }),
      score('T01.1', 'D02.1', { scores: scores(20, 0) }),
      score('D01.1', 'D02.1', { scores: scores(60, 0) }),
    ]);
    expect(await ranking()).toMatchObject([{ score: 30 }]);
  });

  it('happens once for two who score as one member at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => score('T01.1', 'T44.2')));
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['VERSION_CONFLICT']));
  });

  it.each([
    ['oneself', 'T01.1', 'T01.1', {}, 'CLUSTER_SELF_SCORE', 'input.member'],
    ['a unit outside', 'T01.1', 'T45.1', {}, 'CLUSTER_NOT_MEMBER', 'input.member'],
    ['from outside', 'D02.1', 'T01.1', {}, 'CLUSTER_NOT_MEMBER', 'input.scorer'],
    [
      'above the greatest score',
      'T01.1',
      'T44.2',
      { scores: scores(60, 40.5) },
      'INPUT_INVALID',
      'input.scores.1.score',
    ],
    ['below zero', 'T01.1', 'T44.2', { scores: scores(-1, 1) }, 'INPUT_INVALID', 'input.scores.0.score'],
    [
      'finer than two decimals',
      'T01.1',
      'T44.2',
      { scores: scores(1.005, 1) },
      'INPUT_INVALID',
      'input.scores.0.score',
    ],
    [
      'without a criterion',
      'T01.1',
      'T44.2',
      { scores: scores(1, 1).slice(1) },
      'INPUT_INVALID',
      'input.scores',
    ],
    ['for another year', 'T01.1', 'T44.2', { period: '2024' }, 'INPUT_INVALID', 'input.period'],
    ['an unknown unit', 'T01.1', 'T99.1', {}, 'NOT_FOUND', 'input.member'],
    ['in an unknown cluster', 'T01.1', 'T44.2', { cluster: 'clu_forged' }, 'NOT_FOUND', 'input.cluster'],
  ])('refuses to score %s', async (_, scorer, member, wrong, code, path) => {
    const { node, told } = await score(scorer, member, wrong);
    expect({ node, told: told.map((one) => [one.code, one.path]) }).toEqual({
      node: null,
      told: [[code, path]],
    });
  });

  it('is for commanders of the member that scores', async () => {
    const input = { cluster: cluster.id, scorer: 'T01.1', member: 'T44.2', scores: scores(1, 1) };
    const by = async (viewer: ReturnType<typeof commanderOf>) =>
      (await graph.write('scoreClusterMember', input, viewer, 'id')).thrown;
    expect(await by(officerOf('/BCA/T01.1/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await by(ministry)).toBe('OUT_OF_SUBTREE');
    expect(await by(commanderOf('/BCA/T44.2/'))).toBe('OUT_OF_SUBTREE');
  });
});

describe('changing and closing', () => {
  it('changes what is given and leaves the rest', async () => {
    const { node } = await graph.write(
      'updateCluster',
      { ...at(cluster), leader: 'T44.2', members: ['T01.1', 'T44.2'] },
      ministry,
      'version name { vi } leader { id } members { totalCount }',
    );
    expect(node).toEqual({
      version: 2,
      name: { vi: 'Cụm thi đua thử' },
      leader: { id: graph.idOf('T44.2') },
      members: { totalCount: 2 },
    });
  });

  it('keeps criteria and members by which anything was scored', async () => {
    await score('T01.1', 'T44.2');
    const update = (fields: object) =>
      graph.write('updateCluster', { ...at(cluster), ...fields }, ministry, 'version');
    const told = async (fields: object) => (await update(fields)).told.map(({ code, path }) => [code, path]);
    expect(await told({ criteria })).toEqual([['CLUSTER_SCORED', 'input.criteria']]);
    expect(await told({ members: ['T01.1', 'D01.1'] })).toEqual([['CLUSTER_SCORED', 'input.members']]);
    expect(await told({ members: ['T44.2', 'D01.1'], leader: 'D01.1' })).toEqual([
      ['CLUSTER_SCORED', 'input.members'],
    ]);
    expect((await update({ members: ['T44.2', 'T01.1'] })).node).toEqual({ version: 2 });
  });

  it('does not lose its leader', async () => {
    const { told } = await graph.write(
      'updateCluster',
      { ...at(cluster), members: ['T44.2', 'D01.1'] },
      ministry,
      'id',
    );
    expect(told).toMatchObject([{ code: 'CLUSTER_NOT_MEMBER', path: 'input.members' }]);
  });

  it('takes no more scores and changes once it is closed', async () => {
    const { node } = await graph.write('closeCluster', at(cluster), ministry, 'id version closedOn');
    expect(node).toMatchObject({ version: 2, closedOn: '2026-01-15' });
    expect(codes(await score('T01.1', 'T44.2'))).toEqual(['INVALID_STATE']);
    const now = { id: cluster.id, expectedVersion: 2 };
    expect(codes(await graph.write('closeCluster', now, ministry, 'id'))).toEqual(['INVALID_STATE']);
    expect(codes(await graph.write('updateCluster', now, ministry, 'id'))).toEqual(['INVALID_STATE']);
  });

  it('is for commanders of a unit above all members, at the version that was read', async () => {
    const by = async (viewer: ReturnType<typeof commanderOf>) =>
      (await graph.write('closeCluster', at(cluster), viewer, 'id')).thrown;
    expect(await by(commanderOf('/BCA/T01.1/'))).toBe('OUT_OF_SUBTREE');
    expect(await by(officerOf('/BCA/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    const stale = { id: cluster.id, expectedVersion: 9 };
    expect(codes(await graph.write('updateCluster', stale, ministry, 'id'))).toEqual(['VERSION_CONFLICT']);
  });
});

it('clusters of the time before they were written get a version, so that they can be changed', async () => {
  const { connection, door } = graph;
  const rows = connection.collection<{ _id: string }>('campaigns_clusters');
  const unset = { version: '', createdAt: '', updatedAt: '', closedOn: '', scorings: '' } as const;
  await rows.updateOne({ _id: cluster.id }, { $unset: unset });
  await connection
    .collection<{ _id: string; migrations: string[] }>('_migrations')
    .updateOne({ _id: 'campaigns' }, { $set: { migrations: [] } });
  await door.migrate();
  const { node } = await graph.write('closeCluster', at(cluster), ministry, 'version closedOn');
  expect(node).toEqual({ version: 2, closedOn: '2026-01-15' });
});
