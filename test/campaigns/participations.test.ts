import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataOf, viewerOf } from './campaignsDoor.ts';
import {
  at,
  codes,
  commanderOf,
  main,
  nodeOf,
  officerOf,
  openReporting,
  province,
  type Reporting,
  type ReportNode,
} from './reporting.ts';

let graph: Reporting;
beforeAll(async () => {
  graph = await openReporting();
});
afterAll(() => graph.close());

const successor = '/BCA/T44.2/';
const why = 'Đơn vị đã sáp nhập vào đơn vị khác.';

/** Units that live today and take no part yet. */
const free = () => {
  const taken = new Set(graph.rows.participations.map(({ unitId }) => unitId));
  return graph.rows.units.filter(
    ({ id, versions }) =>
      !taken.has(id) && versions.at(-1)?.before === null && versions.at(-1)?.level === 'COMMUNE',
  );
};
let used = 0;
const next = () => {
  const unit = free()[used++];
  const path = unit?.versions.at(-1)?.path;
  if (!unit || !path) throw new Error('No unit is left.');
  return { unit: unit.code, id: unit.id, path, officer: officerOf(path) };
};

const counts = async () => {
  await graph.settled();
  const answer = await graph.ask(`{ campaign(code: "${main}") { participationCounts { status units } } }`);
  const rows = dataOf<{ campaign: { participationCounts: { status: string; units: number }[] } }>(answer);
  return Object.fromEntries(rows.campaign.participationCounts.map(({ status, units }) => [status, units]));
};

const select = `id status version registeredOn launchedOn localTheme { vi } registeredTitles { code }
  launchedCampaign { code } campaign { code } unit { id } synthetic`;

describe('the part of a unit in a campaign', () => {
  it('is registered, launched, summed up; counts follow', async () => {
    const { unit, id, officer } = next();
    const before = await counts();
    const registered = await graph.write(
      'registerParticipation',
      {
        campaign: main,
        unit,
        localTheme: { vi: 'Giữ bình yên từng ngõ phố' },
        registeredTitles: ['DVQT', 'BK_BCA'],
      },
      officer,
      select,
    );
    expect(registered).toEqual({
      node: {
        id: expect.stringMatching(/^par_[\w-]{22}$/u),
        status: 'REGISTERED',
        version: 1,
        registeredOn: '2026-01-15',
        launchedOn: null,
        localTheme: { vi: 'Giữ bình yên từng ngõ phố' },
        registeredTitles: [{ code: 'DVQT' }, { code: 'BK_BCA' }],
        launchedCampaign: null,
        campaign: { code: main },
        unit: { id },
        synthetic: false,
      },
      told: [],
      thrown: null,
    });
    expect(await counts()).toEqual({ ...before, REGISTERED: (before.REGISTERED ?? 0) + 1 });
    const changed = await graph.write(
      'updateParticipation',
      { ...at(nodeOf(registered)), registeredTitles: ['DVTT'] },
      officer,
      select,
    );
    expect(changed.node).toMatchObject({
      registeredTitles: [{ code: 'DVTT' }],
      localTheme: null,
      version: 2,
    });
    const launched = await graph.write('launchParticipation', at(nodeOf(changed)), officer, select);
    expect(launched.node).toMatchObject({ status: 'LAUNCHED', launchedOn: '2026-01-15', version: 3 });
    const summed = await graph.write('summariseParticipation', at(nodeOf(launched)), officer);
    expect(summed.node).toMatchObject({ status: 'SUMMARISED', version: 4 });
    expect(await counts()).toEqual({ ...before, SUMMARISED: (before.SUMMARISED ?? 0) + 1 });
    const { data } = await graph.ask(
      `{ campaign(code: "${main}") { participation(unit: "${unit}") { audit { totalCount } } } }`,
      {},
      officer,
    );
    expect(data).toEqual({ campaign: { participation: { audit: { totalCount: 4 } } } });
  });

  it('is withdrawn with a reason, and registered anew with the version that was read', async () => {
    const { unit, officer } = next();
    const registering = { campaign: main, unit };
    const row = nodeOf(await graph.write('registerParticipation', registering, officer));
    const short = await graph.write('withdrawParticipation', { ...at(row), reason: 'Sáp nhập.' }, officer);
    expect(short.told).toMatchObject([{ code: 'INPUT_INVALID', path: 'input.reason' }]);
    const withdrawn = await graph.write('withdrawParticipation', { ...at(row), reason: why }, officer);
    expect(withdrawn.node).toMatchObject({ status: 'WITHDRAWN', version: 2 });
    expect(codes(await graph.write('registerParticipation', registering, officer))).toEqual([
      'PARTICIPATION_DUPLICATE',
    ]);
    const stale = await graph.write('registerParticipation', { ...registering, expectedVersion: 1 }, officer);
    expect(codes(stale)).toEqual(['VERSION_CONFLICT']);
    const anew = await graph.write('registerParticipation', { ...registering, expectedVersion: 2 }, officer);
    expect(anew.node).toEqual({ id: row.id, status: 'REGISTERED', version: 3 });
  });

  it('names the campaign by which the unit itself carries it out, and takes over its theme', async () => {
    const own = graph.rows.campaigns.find(({ code }) => code === 'T01-2021-COVID-TDDB');
    const row = graph.rows.participations.find(
      ({ unitId, campaignId }) => unitId === graph.idOf('T01.1') && campaignId === own?.parentId,
    );
    await graph.connection
      .collection<{ _id: string }>('campaigns_participations')
      .updateOne(
        { _id: row?._id ?? '' },
        { $set: { status: 'REGISTERED', launchedCampaignId: null, localTheme: null } },
      );
    const input = { id: row?._id, expectedVersion: 1, launchedCampaign: own?.code };
    const other = await graph.write(
      'launchParticipation',
      { ...input, launchedCampaign: 'T45-2021-COVID-TDDB' },
      officerOf(province),
    );
    expect(other.told).toMatchObject([{ code: 'INPUT_INVALID', path: 'input.launchedCampaign' }]);
    const { node } = await graph.write('launchParticipation', input, officerOf(province), select);
    expect(node).toMatchObject({
      status: 'LAUNCHED',
      launchedOn: own?.launchedOn,
      launchedCampaign: { code: own?.code },
      localTheme: { vi: own?.theme.vi },
    });
  });

  it('is refused in every state that does not allow the step', async () => {
    const { unit, officer } = next();
    const row: ReportNode = nodeOf(
      await graph.write('registerParticipation', { campaign: main, unit }, officer),
    );
    const steps: Readonly<Record<string, readonly string[]>> = {
      updateParticipation: ['SUMMARISED', 'WITHDRAWN'],
      launchParticipation: ['SUMMARISED', 'WITHDRAWN'],
      summariseParticipation: ['REGISTERED', 'SUMMARISED', 'WITHDRAWN'],
      withdrawParticipation: ['SUMMARISED', 'WITHDRAWN'],
    };
    for (const [step, states] of Object.entries(steps)) {
      for (const status of states) {
        await graph.connection
          .collection<{ _id: string }>('campaigns_participations')
          .updateOne({ _id: row.id }, { $set: { status } });
        const input = { ...at(row), ...(step === 'withdrawParticipation' ? { reason: why } : {}) };
        expect([step, status, codes(await graph.write(step, input, officer))]).toEqual([
          step,
          status,
          ['INVALID_STATE'],
        ]);
      }
    }
  });
});

describe('registering', () => {
  it.each([
    [
      'a campaign that is over',
      { campaign: 'T44-2021-COVID-TDDB', unit: 'T44.2' },
      ['PARENT_NOT_ACTIVE', 'UNIT_OUTSIDE_CAMPAIGN'],
    ],
    [
      'a campaign of another unit',
      { campaign: 'T45-2021-COVID-TDDB', unit: 'T44.2' },
      ['UNIT_OUTSIDE_CAMPAIGN'],
    ],
    [
      'a day before the plan',
      { campaign: main, unit: 'T44.2', registeredOn: '2021-08-14' },
      ['INPUT_INVALID', 'UNIT_ABSENT'],
    ],
    ['a day to come', { campaign: main, unit: 'T44.2', registeredOn: '2026-01-16' }, ['INPUT_INVALID']],
    ['an unknown campaign', { campaign: 'NO-SUCH-CAMPAIGN', unit: 'T44.2' }, ['NOT_FOUND']],
    ['an unknown unit', { campaign: main, unit: 'T99.1' }, ['NOT_FOUND']],
    ['a version of nothing', { campaign: main, unit: 'T44.2', expectedVersion: 1 }, ['NOT_FOUND']],
    [
      'titles twice',
      { campaign: main, unit: 'T44.2', registeredTitles: ['DVQT', 'DVQT'] },
      ['INPUT_INVALID'],
    ],
    [
      'a theme that is too long',
      { campaign: main, unit: 'T44.2', localTheme: { vi: 'x'.repeat(501) } },
      ['INPUT_INVALID'],
    ],
  ])('refuses %s', async (_, input, expected) => {
    const answer = await graph.write('registerParticipation', input, commanderOf('/BCA/'));
    expect([answer.node, codes(answer)]).toEqual([null, expected]);
  });

  it('is for units that exist on the day', async () => {
    const taken = new Set(graph.rows.participations.map(({ unitId }) => unitId));
    const closed = graph.rows.units.find(
      ({ id, versions }) => !taken.has(id) && versions.at(-1)?.before !== null,
    );
    const input = { campaign: main, unit: closed?.code };
    expect((await graph.write('registerParticipation', input, commanderOf('/BCA/'))).told).toEqual([
      { code: 'UNIT_ABSENT', path: 'input.unit', params: { unit: closed?.code, day: '2026-01-15' } },
    ]);
    const then = { ...input, registeredOn: '2021-09-01' };
    const { node } = await graph.write('registerParticipation', then, commanderOf('/BCA/'), 'registeredOn');
    expect(node).toEqual({ registeredOn: '2021-09-01' });
  });

  it('is for officers of the unit, and commanders above', async () => {
    const input = { campaign: main, unit: 'T44.2' };
    const by = async (viewer = officerOf(successor)) =>
      (await graph.write('registerParticipation', input, viewer)).thrown;
    expect(await by(officerOf(province))).toBe('OUT_OF_SUBTREE');
    expect(await by(officerOf('/BCA/'))).toBe('OUT_OF_SUBTREE');
    expect(await by(commanderOf(province))).toBe('OUT_OF_SUBTREE');
    expect(await by(viewerOf('MINISTRY', '/BCA/'))).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await by()).toBeNull();
  });

  it('happens once, also when fifty do it at the same time', async () => {
    const { unit, officer } = next();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        graph.write('registerParticipation', { campaign: main, unit }, officer),
      ),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['PARTICIPATION_DUPLICATE']));
  });
});
