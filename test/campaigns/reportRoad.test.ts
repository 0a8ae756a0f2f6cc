import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { testNow } from '../harness/doors.ts';
import { dataOf } from './campaignsDoor.ts';
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
afterEach(() => {
  graph.clock.now = testNow;
});

const officer = officerOf(province);
const ministry = commanderOf('/BCA/');
const value = (code: string, amount: number) => ({ indicator: `${main}:${code}`, value: amount });
const report = (fields: object = {}) => ({
  campaign: main,
  unit: 'T01.1',
  period: '2025-12',
  values: [value('ND5-QUA', 3), value('ND4-SK', 2)],
  ...fields,
});
const why = 'Số liệu chưa khớp với văn bản gửi kèm.';

/** A period of its own for each test. */
const periods = Array.from(
  { length: 40 },
  (_, index) => `${2022 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
);
const draft = async (fields: object = {}, viewer: Viewer = officer): Promise<ReportNode> =>
  nodeOf(await graph.write('saveReport', report({ period: periods.shift(), ...fields }), viewer));

const put = async (row: ReportNode, status: string): Promise<ReportNode> => {
  await graph.connection
    .collection<{ _id: string }>('campaigns_reports')
    .updateOne({ _id: row.id }, { $set: { status } });
  return row;
};

const stats = async (period: string, code = 'T01.1') => {
  await graph.settled();
  const answer = await graph.ask(
    `{ campaign(code: "${main}") { completeness(period: { code: "${period}" }, under: "${code}") {
      total { expected received late missing pending } } } }`,
  );
  return dataOf<{ campaign: { completeness: { total: object } } }>(answer).campaign.completeness.total;
};

describe('the road of a report', () => {
  it('goes from the draft to its acceptance and back, and every reading follows', async () => {
    graph.clock.now = new Date('2026-01-03T03:00:00Z');
    const select = `id status late handedIn dueOn period returnReason narrative version
      values { value indicator { code } } unit { id } synthetic`;
    const saved = await graph.write('saveReport', report({ narrative: 'Tháng 12.' }), officer, select);
    expect(saved).toEqual({
      node: {
        id: expect.stringMatching(/^rep_[\w-]{22}$/u),
        status: 'DRAFT',
        late: false,
        handedIn: false,
        dueOn: '2026-01-05',
        period: '2025-12',
        returnReason: null,
        narrative: 'Tháng 12.',
        version: 1,
        // In the order of the indicators, not of the input.
        values: [
          { value: 2, indicator: { code: 'ND4-SK' } },
          { value: 3, indicator: { code: 'ND5-QUA' } },
        ],
        unit: { id: graph.idOf('T01.1') },
        synthetic: false,
      },
      told: [],
      thrown: null,
    });
    expect(await stats('2025-12')).toEqual({ expected: 1, received: 0, late: 0, missing: 0, pending: 1 });
    const submitted = await graph.write('submitReport', at(nodeOf(saved)), officer, 'id status late version');
    expect(submitted.node).toMatchObject({ status: 'SUBMITTED', late: false, version: 2 });
    expect(await stats('2025-12')).toEqual({ expected: 1, received: 1, late: 0, missing: 0, pending: 0 });
    const returned = await graph.write('returnReport', { ...at(nodeOf(submitted)), reason: why }, ministry);
    expect(returned.node).toMatchObject({ status: 'RETURNED', version: 3 });
    expect(await stats('2025-12')).toMatchObject({ received: 0 });
    const mended = await graph.write(
      'saveReport',
      report({ expectedVersion: 3, values: [value('ND5-QUA', 4)] }),
      officer,
      'id status returnReason version',
    );
    expect(mended.node).toMatchObject({ status: 'RETURNED', returnReason: why, version: 4 });
    const again = await graph.write('submitReport', at(nodeOf(mended)), officer, 'id returnReason version');
    expect(again.node).toMatchObject({ returnReason: null, version: 5 });
    const accepted = await graph.write('acceptReport', at(nodeOf(again)), ministry);
    expect(accepted.node).toMatchObject({ status: 'ACCEPTED', version: 6 });
    const reopened = await graph.write('reopenReport', { ...at(nodeOf(accepted)), reason: why }, ministry);
    expect(reopened.node).toMatchObject({ status: 'RETURNED', version: 7 });
    const { data } = await graph.ask(
      `{ progressReport(id: "${saved.node?.id}") { audit { totalCount nodes { action role version reason } } } }`,
      {},
      officer,
    );
    expect(data).toEqual({
      progressReport: {
        audit: {
          totalCount: 7,
          nodes: expect.arrayContaining([
            { action: 'reopenReport', role: 'COMMANDER', version: 7, reason: why },
          ]),
        },
      },
    });
  });

  it('is refused in every state that does not allow the step', async () => {
    const steps: Readonly<Record<string, readonly string[]>> = {
      saveReport: ['SUBMITTED', 'ACCEPTED', 'LOCKED'],
      submitReport: ['SUBMITTED', 'ACCEPTED', 'LOCKED'],
      acceptReport: ['DRAFT', 'RETURNED', 'ACCEPTED', 'LOCKED'],
      returnReport: ['DRAFT', 'RETURNED', 'ACCEPTED', 'LOCKED'],
      reopenReport: ['DRAFT', 'SUBMITTED', 'RETURNED', 'LOCKED'],
    };
    const period = periods.shift();
    const row = await draft({ period });
    for (const [step, states] of Object.entries(steps)) {
      for (const state of states) {
        await put(row, state);
        const input =
          step === 'saveReport'
            ? report({ period, expectedVersion: 1 })
            : { ...at(row), ...(/return|reopen/u.test(step) ? { reason: why } : {}) };
        const viewer = step === 'saveReport' || step === 'submitReport' ? officer : ministry;
        expect([step, state, codes(await graph.write(step, input, viewer))]).toEqual([
          step,
          state,
          ['INVALID_STATE'],
        ]);
      }
    }
  });

  it('is late once its last day is over, and stays so when it is handed in again', async () => {
    const row = await draft();
    const submitted = nodeOf(await graph.write('submitReport', at(row), officer, 'id late version'));
    expect(submitted.late).toBe(true);
    const returned = nodeOf(await graph.write('returnReport', { ...at(submitted), reason: why }, ministry));
    const again = await graph.write('submitReport', at(returned), officer, 'late');
    expect(again.node).toEqual({ late: true });
  });
});

describe('a unit that is closed by now', () => {
  it('still reports late for 2021, by the officers of its successor, and stands where it stood', async () => {
    const successor = officerOf('/BCA/T44.2/');
    const row = await draft({ unit: 'T44.1', period: '2021-12' }, successor);
    const submitted = await graph.write('submitReport', at(row), successor, 'id status late version');
    expect(submitted.node).toMatchObject({ status: 'SUBMITTED', late: true });
    expect(await graph.stored('reports', row.id)).toMatchObject({
      pathAtEvent: '/BCA/T44.1/',
      levelAtEvent: 'PROVINCE',
      levels: ['MINISTRY', 'PROVINCE'],
      line: [graph.idOf('BCA'), graph.idOf('T44.1')],
      scopePath: '/BCA/T44.2/',
      periodEnd: '2021-12-31',
      synthetic: false,
    });
    expect(await stats('2021-12', 'T44.1')).toMatchObject({ expected: 1, received: 1, late: 1 });
    expect((await graph.write('acceptReport', at(nodeOf(submitted)), ministry)).node).toMatchObject({
      status: 'ACCEPTED',
    });
  });

  it.each([
    ['after its end', 'T44.1', '2025-08', '/BCA/T44.2/'],
    ['before its beginning', 'T44.2', '2025-06', '/BCA/T44.2/'],
  ])('reports nothing for a period %s', async (_, unit, period, path) => {
    const { told } = await graph.write('saveReport', report({ unit, period }), officerOf(path));
    expect(told).toMatchObject([
      {
        code: 'REPORT_PERIOD_CLOSED',
        path: 'input.period',
        params: { rule: 'the unit did not exist in it' },
      },
    ]);
  });
});

describe('what a report may hold', () => {
  it.each([
    ['a period before the campaign', { period: '2021-07' }, 'REPORT_PERIOD_CLOSED', 'input.period'],
    ['a period to come', { period: '2026-02' }, 'REPORT_PERIOD_CLOSED', 'input.period'],
    [
      'a phase of another campaign',
      { period: 'T01-2021-COVID-TDDB:P1' },
      'REPORT_PERIOD_CLOSED',
      'input.period',
    ],
    [
      'a campaign that was summed up',
      { campaign: 'T44-2021-COVID-TDDB', period: '2021-09' },
      'REPORT_PERIOD_CLOSED',
      'input.period',
    ],
    [
      'a campaign of another unit',
      { campaign: 'T45-2021-COVID-TDDB', period: '2021-10', values: [] },
      'UNIT_OUTSIDE_CAMPAIGN',
      'input.unit',
    ],
    ['an unknown campaign', { campaign: 'NO-SUCH-CAMPAIGN' }, 'NOT_FOUND', 'input.campaign'],
    ['an unknown unit', { unit: 'T99.1' }, 'NOT_FOUND', 'input.unit'],
    ['a version of no report', { period: '2024-01', expectedVersion: 1 }, 'NOT_FOUND', 'input.period'],
    ['a narrative that is too long', { narrative: 'x'.repeat(20_001) }, 'INPUT_INVALID', 'input.narrative'],
    [
      'an indicator of another campaign',
      { period: '2024-02', values: [{ indicator: 'X:Y', value: 1 }] },
      'NOT_FOUND',
      'input.values.0.indicator',
    ],
    [
      'a count with a fraction',
      { period: '2024-02', values: [value('ND5-QUA', 1.5)] },
      'INPUT_INVALID',
      'input.values.0.value',
    ],
    [
      'an amount below zero',
      { period: '2024-02', values: [value('ND5-TIEN', -1)] },
      'INPUT_INVALID',
      'input.values.0.value',
    ],
    [
      'a percentage beyond reason',
      { period: '2024-02', values: [value('CT1', -101)] },
      'INPUT_INVALID',
      'input.values.0.value',
    ],
    [
      'more values than 200',
      { values: Array.from({ length: 201 }, () => value('ND5-QUA', 1)) },
      'INPUT_INVALID',
      'input.values',
    ],
  ])('refuses %s', async (_, wrong, code, path) => {
    const { told, node } = await graph.write('saveReport', report(wrong), officer);
    expect({ node, told: told.map((one) => [one.code, one.path]) }).toEqual({
      node: null,
      told: [[code, path]],
    });
  });

  it('takes all values or none, and says which rows are wrong', async () => {
    const period = '2024-03';
    const values = [
      value('ND5-QUA', 1),
      value('ND5-QUA', 2),
      value('ND4-SK', -1),
      { indicator: 'X:Y', value: 1 },
    ];
    const { told } = await graph.write('saveReport', report({ period, values }), officer);
    expect(told.map(({ code, path }) => [code, path])).toEqual([
      ['INPUT_INVALID', 'input.values.1.indicator'],
      ['INPUT_INVALID', 'input.values.2.value'],
      ['NOT_FOUND', 'input.values.3.indicator'],
    ]);
    expect(await stats(period)).toMatchObject({ expected: 0 });
  });

  it('is handed in when its period is over, not before, and not empty', async () => {
    const early = nodeOf(await graph.write('saveReport', report({ period: '2026-01' }), officer));
    expect((await graph.write('submitReport', at(early), officer)).told).toMatchObject([
      { code: 'REPORT_PERIOD_CLOSED', path: 'input.id', params: { rule: 'it has not ended' } },
    ]);
    const empty = await draft({ values: [] });
    expect(codes(await graph.write('submitReport', at(empty), officer))).toEqual(['REPORT_EMPTY']);
  });

  it('may be for a phase of the campaign', async () => {
    const own = { campaign: 'T01-2021-COVID-TDDB', period: 'T01-2021-COVID-TDDB:P1', values: [] };
    const row = await draft({ ...own, narrative: 'Đợt 1.' });
    const phase = graph.rows.campaigns
      .flatMap(({ phases }) => phases)
      .find(({ code }) => code === own.period);
    const stored = await graph.stored('reports', row.id);
    expect([stored?.period, String(stored?.periodEnd) < String(phase?.before)]).toEqual([own.period, true]);
  });

  it('is returned and reopened with a reason of 20 characters', async () => {
    const row = await draft();
    await put(row, 'SUBMITTED');
    const short = { ...at(row), reason: 'Sai số liệu.' };
    const told = {
      code: 'RETURN_REASON_TOO_SHORT',
      path: 'input.reason',
      params: { min: '20', length: '12' },
    };
    expect((await graph.write('returnReport', short, ministry)).told).toEqual([told]);
    await put(row, 'ACCEPTED');
    expect((await graph.write('reopenReport', short, ministry)).told).toEqual([told]);
  });
});

describe('who writes a report', () => {
  it.each([
    ['saveReport', 'a commander', commanderOf(province), 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['saveReport', 'an officer of another unit', officerOf('/BCA/T44.2/'), 'OUT_OF_SUBTREE'],
    ['saveReport', 'an officer of a unit above', officerOf('/BCA/'), 'OUT_OF_SUBTREE'],
    ['submitReport', 'an officer of another unit', officerOf('/BCA/T44.2/'), 'OUT_OF_SUBTREE'],
    ['submitReport', 'a commander', ministry, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['acceptReport', 'an officer', officer, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['acceptReport', 'the commander of the unit itself', commanderOf(province), 'OUT_OF_SUBTREE'],
    ['acceptReport', 'a commander elsewhere', commanderOf('/BCA/T44.2/'), 'OUT_OF_SUBTREE'],
    ['returnReport', 'an officer', officer, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['returnReport', 'a commander elsewhere', commanderOf('/BCA/T44.2/'), 'OUT_OF_SUBTREE'],
    ['reopenReport', 'a commander elsewhere', commanderOf('/BCA/T44.2/'), 'OUT_OF_SUBTREE'],
  ])('%s is not for %s', async (step, _, viewer, thrown) => {
    const row = seeded();
    const input = {
      ...(step === 'saveReport' ? report() : at(row)),
      ...(/return|reopen/u.test(step) ? { reason: why } : {}),
    };
    expect(await graph.write(step, input, viewer)).toEqual({ node: null, told: [], thrown });
  });

  const seeded = (): ReportNode => {
    const row = graph.rows.reports.find(({ scopePath }) => scopePath === province);
    return { id: row?._id ?? '', version: 1 };
  };

  it('knows a forged id', async () => {
    expect(
      (await graph.write('submitReport', { id: 'rep_forged', expectedVersion: 1 }, officer)).told,
    ).toEqual([
      { code: 'NOT_FOUND', path: 'input.id', params: { type: 'ProgressReport', key: 'rep_forged' } },
    ]);
  });
});

describe('many at once', () => {
  it('two hundred hand the same report in: one does', async () => {
    const row = await draft();
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => graph.write('submitReport', at(row), officer)),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['VERSION_CONFLICT']));
    expect(await graph.stored('reports', row.id)).toMatchObject({ status: 'SUBMITTED', version: 2 });
  });

  it('of those who accept and those who return a report one is first', async () => {
    const row = await put(await draft(), 'SUBMITTED');
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0
          ? graph.write('acceptReport', at(row), ministry)
          : graph.write('returnReport', { ...at(row), reason: why }, ministry),
      ),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
  });

  it('fifty begin the report of one period: there is one', async () => {
    const period = periods.shift() ?? '';
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => graph.write('saveReport', report({ period }), officer)),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['REPORT_DUPLICATE']));
    expect(await stats(period)).toMatchObject({ expected: 1 });
  });

  it('of fifty who change a draft none is lost: each but one is told', async () => {
    const period = periods.shift();
    await draft({ period });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, amount) =>
        graph.write(
          'saveReport',
          report({ period, expectedVersion: 1, values: [value('ND5-QUA', amount)] }),
          officer,
        ),
      ),
    );
    expect(answers.filter(({ node }) => node !== null)).toHaveLength(1);
    expect(new Set(answers.flatMap(codes))).toEqual(new Set(['VERSION_CONFLICT']));
  });
});

describe('locking', () => {
  const own = 'T44-2021-COVID-TDDB';

  /** Three accepted reports of a campaign that was summed up. */
  const three = async (): Promise<ReportNode[]> => {
    const rows = graph.connection.collection<{ _id: string }>('campaigns_reports');
    const sample = await rows.findOne({ _id: graph.rows.reports[0]?._id ?? '' });
    const campaignId = graph.rows.campaigns.find(({ code }) => code === own)?._id;
    const found = ['2021-10', '2021-11', '2021-12'].map((period) => ({
      ...sample,
      _id: `rep_${period}_${crypto.randomUUID()}`,
      unitId: `unt_${crypto.randomUUID()}`,
      campaignId,
      period,
      status: 'ACCEPTED',
      version: 1,
    }));
    await rows.insertMany(found);
    return found.map(({ _id }) => ({ id: _id, version: 1 }));
  };

  it('closes the accepted reports of a campaign that is summed up, for good', async () => {
    const reports = (await three()).map(at);
    const { node } = await graph.write('lockReports', { campaign: own, reports }, ministry, 'status version');
    expect(node).toEqual(reports.map(() => ({ status: 'LOCKED', version: 2 })));
  });

  it('locks all or none, and says which row stands in the way', async () => {
    const [a, b, c] = await three();
    if (!a || !b || !c) throw new Error('There are three.');
    await put(b, 'SUBMITTED');
    const reports = [
      at(a),
      at(b),
      { ...at(c), expectedVersion: 7 },
      { id: 'rep_forged', expectedVersion: 1 },
      at(a),
    ];
    const { told } = await graph.write('lockReports', { campaign: own, reports }, ministry, 'status');
    expect(told.map(({ code, path }) => [code, path])).toEqual([
      ['INVALID_STATE', 'input.reports.1'],
      ['VERSION_CONFLICT', 'input.reports.2.expectedVersion'],
      ['NOT_FOUND', 'input.reports.3.id'],
      ['INPUT_INVALID', 'input.reports.4.id'],
    ]);
    expect(await graph.stored('reports', a.id)).toMatchObject({ status: 'ACCEPTED', version: 1 });
  });

  it('waits for the campaign to be summed up, and is not for others', async () => {
    const reports = [{ id: 'rep_forged', expectedVersion: 1 }];
    const lock = (campaign: string, viewer: Viewer) =>
      graph.write('lockReports', { campaign, reports }, viewer, 'status');
    expect((await lock(main, ministry)).told).toEqual([
      {
        code: 'INVALID_STATE',
        path: 'input.campaign',
        params: { action: 'lockReports', state: 'ACTIVE', allowed: 'SUMMARISED' },
      },
    ]);
    expect((await lock(own, officerOf('/BCA/T44.2/'))).thrown).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect((await lock(own, commanderOf(province))).thrown).toBe('OUT_OF_SUBTREE');
  });
});
