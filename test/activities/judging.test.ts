import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer } from '../../server/viewer.ts';
import { codesOf } from './activitiesDoor.ts';
import { faultsOf, key, type OpenedPlanning, openPlanning, type Seen, viewerOf } from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

type Judging = 'approveActivity' | 'verifyActivity' | 'cancelActivity';

const judge = (
  mutation: Judging,
  { id, expectedVersion }: Seen,
  part: object = {},
  viewer = door.commander,
) => door.send(mutation, { idempotencyKey: key(), id, expectedVersion, ...part }, viewer);
const stored = { number: '1/BC', date: null, title: null, url: null, sha256: '0'.repeat(64) };
const delivered = { status: 'DELIVERED', evidence: [stored] };
const reason = 'Hộ dân đã chuyển đi nơi khác.';

const statuses = ['PLANNED', 'APPROVED', 'IN_PROGRESS', 'DELIVERED', 'VERIFIED', 'CANCELLED'] as const;
const allowed = {
  approveActivity: { from: ['PLANNED'], to: 'APPROVED' },
  verifyActivity: { from: ['DELIVERED'], to: 'VERIFIED' },
  cancelActivity: { from: ['PLANNED', 'APPROVED'], to: 'CANCELLED' },
} as const;

describe.each(Object.entries(allowed))('%s', (name, { from, to }) => {
  const mutation = name as Judging;
  const part = mutation === 'cancelActivity' ? { reason } : {};

  it.each(statuses)('of an activity that is %s', async (status) => {
    const seen = await door.planned({}, { status, evidence: [stored] });
    const payload = await judge(mutation, seen, part);
    if ((from as readonly string[]).includes(status)) {
      expect(payload).toMatchObject({ activity: { status: to, version: 2 }, userErrors: [] });
    } else {
      expect(faultsOf(payload)).toEqual(['INVALID_STATE ERROR ']);
      expect(await door.rows('activities', { _id: seen.id })).toMatchObject([{ status, version: 1 }]);
    }
  });

  it('is for commanders above the unit', async () => {
    const seen = await door.planned({}, { status: from[0], evidence: [stored] });
    for (const viewer of [door.officer, demoViewer])
      await expect(judge(mutation, seen, part, viewer)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
    const stranger = viewerOf('COMMANDER', 'commander-2', door.elsewhere.scopePath);
    await expect(judge(mutation, seen, part, stranger)).rejects.toThrow('OUT_OF_SUBTREE');
  });

  it('is refused for a version of yesterday', async () => {
    const seen = await door.planned({}, { status: from[0], evidence: [stored], version: 3 });
    expect(faultsOf(await judge(mutation, { ...seen, expectedVersion: 2 }, part))).toEqual([
      'VERSION_CONFLICT ERROR expectedVersion',
    ]);
  });
});

it('of fifty commanders who decide at once, one wins, and the others learn that they were late', async () => {
  const seen = await door.planned();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0 ? judge('approveActivity', seen) : judge('cancelActivity', seen, { reason }),
    ),
  );
  const winners = answers.filter(({ activity }) => activity !== null);
  expect(winners).toHaveLength(1);
  const late = answers.filter(({ activity }) => activity === null).flatMap(faultsOf);
  expect(new Set(late)).toEqual(new Set(['VERSION_CONFLICT ERROR expectedVersion']));
  const [row] = await door.rows('activities', { _id: seen.id });
  expect(row).toMatchObject({ version: 2, status: winners[0]?.activity.status });
  expect(await door.rows('audit', { entityIds: seen.id })).toHaveLength(2);
  expect(await door.rows('outbox', { entityId: seen.id })).toHaveLength(2);
});

describe('verifying', () => {
  it('is not for whoever planned or recorded the activity', async () => {
    const seen = await door.planned({}, { ...delivered, authors: ['officer-1', 'commander-1'] });
    expect(faultsOf(await judge('verifyActivity', seen))).toEqual(['VERIFIER_IS_AUTHOR ERROR ']);
    const other = { ...door.commander, subject: 'commander-3' };
    expect((await judge('verifyActivity', seen, {}, other)).activity.status).toBe('VERIFIED');
  });

  it('takes evidence', async () => {
    const seen = await door.planned({}, { status: 'DELIVERED' });
    expect(faultsOf(await judge('verifyActivity', seen))).toEqual(['EVIDENCE_REQUIRED ERROR ']);
  });

  it('tells both faults together', async () => {
    const seen = await door.planned({}, { status: 'DELIVERED', authors: ['commander-1'] });
    expect(faultsOf(await judge('verifyActivity', seen))).toEqual([
      'VERIFIER_IS_AUTHOR ERROR ',
      'EVIDENCE_REQUIRED ERROR ',
    ]);
  });
});

it('an approval is refused when the campaign is summed up', async () => {
  const seen = await door.planned();
  const [row] = await door.rows('activities', { _id: seen.id });
  await door.set('campaigns', { _id: row?.campaignId }, { status: 'ARCHIVED' });
  const payload = await judge('approveActivity', seen);
  await door.set('campaigns', { _id: row?.campaignId }, { status: 'ACTIVE' });
  expect(faultsOf(payload)).toEqual(['CAMPAIGN_NOT_OPEN ERROR ']);
});

describe('calling off', () => {
  it('keeps the reason in the audit', async () => {
    const seen = await door.planned();
    await judge('cancelActivity', seen, { reason });
    expect(await door.rows('audit', { entityIds: seen.id, action: 'cancelActivity' })).toMatchObject([
      { reason },
    ]);
  });

  it.each([[''], ['   '], ['x'.repeat(2_001)]])('is refused for the reason "%s"', async (given) => {
    const seen = await door.planned();
    expect(faultsOf(await judge('cancelActivity', seen, { reason: given }))).toEqual([
      'INPUT_INVALID ERROR reason',
    ]);
  });
});

describe('what may be done next', () => {
  const question = `query ($id: ID!) { supportActivity(id: $id) {
    availableActions { action to allowed obstacles { code message { vi en } } } } }`;

  it('is told with the reason why a step is not open', async () => {
    const { id } = await door.planned({}, { status: 'DELIVERED' });
    const { data } = await door.graph.ask(question, { id }, door.commander);
    expect(data.supportActivity.availableActions).toEqual([
      {
        action: 'VERIFY',
        to: 'VERIFIED',
        allowed: false,
        obstacles: [
          {
            code: 'EVIDENCE_REQUIRED',
            message: {
              vi: 'Cần ít nhất một tài liệu chứng minh.',
              en: 'At least one piece of evidence is needed.',
            },
          },
        ],
      },
      {
        action: 'ADD_EVIDENCE',
        to: 'DELIVERED',
        allowed: false,
        obstacles: [
          {
            code: 'FORBIDDEN',
            message: { vi: 'Bước này dành cho cán bộ.', en: 'This step is for officers.' },
          },
          { code: 'OUT_OF_SUBTREE', message: { vi: expect.any(String), en: expect.any(String) } },
        ],
      },
    ]);
  });

  it('is told beside the house, the evidence and the audit in one question', async () => {
    const { id } = await door.planned();
    const { data, errors } = await door.graph.ask(
      `query ($id: ID!) { supportActivity(id: $id) { house { id } evidence { sha256 } availableActions { action }
        audit { nodes { action subject version } } } }`,
      { id },
      door.officer,
    );
    expect(errors).toBeUndefined();
    expect(data.supportActivity).toEqual({
      house: null,
      evidence: [],
      availableActions: ['UPDATE_PLAN', 'APPROVE', 'CANCEL', 'ADD_EVIDENCE'].map((action) => ({ action })),
      audit: { nodes: [{ action: 'planActivity', subject: 'officer-1', version: 1 }] },
    });
  });
});

it('what was done is read by the unit, by those above it and by the ministry, and by nobody else', async () => {
  const { id } = await door.planned();
  const question = 'query ($id: ID!) { supportActivity(id: $id) { audit { nodes { action } } } }';
  for (const viewer of [door.officer, door.commander, demoViewer]) {
    const { data } = await door.graph.ask(question, { id }, viewer);
    expect(data.supportActivity.audit.nodes).toEqual([{ action: 'planActivity' }]);
  }
  const stranger = viewerOf('COMMANDER', 'commander-2', door.elsewhere.scopePath);
  const other = await door.graph.ask(question, { id }, stranger);
  expect([other.data, codesOf(other)]).toEqual([{ supportActivity: null }, []]);
  const nobody = { ...door.officer, role: 'PUBLIC' as const };
  expect(codesOf(await door.graph.ask(question, { id }, nobody))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
});
