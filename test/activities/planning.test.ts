import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer } from '../../server/viewer.ts';
import { CAMPAIGN } from './activitiesDoor.ts';
import {
  areaOf,
  faultsOf,
  lastPath,
  type OpenedPlanning,
  openPlanning,
  type Payload,
  versionIn2021,
  viewerOf,
} from './planningDoor.ts';

let door: OpenedPlanning;
beforeAll(async () => {
  door = await openPlanning();
});
afterAll(() => door.graph.close());

const campaignIs = (change: object) => door.set('campaigns', { code: CAMPAIGN }, change);
const planWith = (part: object, input: object = {}): Promise<Payload> =>
  door.send('planActivity', door.input({ plan: door.plan(part), ...input }));
const contentItemOf = async (code: string): Promise<string> => {
  const [campaign] = await door.rows('campaigns', { code: CAMPAIGN });
  const items = campaign?.contentItems as readonly { id: string; code: string }[];
  return items.find((item) => item.code === code)?.id ?? '';
};

describe('planning an activity', () => {
  it('gives it a code, where its unit stood on the day, and counts that wait for a delivery', async () => {
    const things = [{ item: { vi: 'Gạo' }, quantity: 400, measure: { vi: 'kg' }, value: 6_000_000 }];
    const { activity, userErrors } = await planWith({ inKind: things, endsOn: '2021-09-02' });
    expect(userErrors).toEqual([]);
    expect(activity).toEqual({
      id: expect.stringMatching(/^act_[\w-]{22}$/u),
      code: expect.stringMatching(/^HT-2021-[0-9A-HJKMNP-TV-Z]{8}$/u),
      version: 1,
      status: 'PLANNED',
      note: null,
      title: { vi: 'Trao quà cho hộ nghèo', en: 'Gifts for poor households' },
      startsOn: '2021-09-01',
      endsOn: '2021-09-02',
      level: 'COMMUNE',
      provinceCode: '01',
      campaign: { code: CAMPAIGN },
      unit: { id: door.commune.id },
      contentItem: { id: await contentItemOf('ND5') },
      coOrganisers: [],
      kind: { code: 'HO_TRO_VAT_CHAT' },
      area: areaOf(door.commune),
      people: { targeted: 40, reached: 0, households: 0 },
      groups: [{ group: { code: 'NGUOI_NGHEO' }, targeted: 40, reached: 0, households: 0 }],
      funding: [{ source: { code: 'XA_HOI_HOA' }, planned: 12_000_000, amount: 0 }],
      plannedAmount: 12_000_000,
      amount: 0,
      deliveries: 0,
      plannedInKind: [{ item: { vi: 'Gạo' }, quantity: 400, measure: { vi: 'kg' }, value: 6_000_000 }],
      inKind: [],
      evidence: [],
      house: null,
      synthetic: false,
    });
  });

  it('keeps every field that lists and sums go by', async () => {
    const { id } = await door.planned();
    const [seeded] = await door.rows('activities', { synthetic: true });
    const [row] = await door.rows('activities', { _id: id });
    const { seq: _, ...fields } = seeded ?? {};
    expect(Object.keys(row ?? {})).toEqual(expect.arrayContaining(Object.keys(fields)));
    expect(row).toMatchObject({
      pathAtEvent: versionIn2021(door.commune).path,
      unitPath: lastPath(door.commune),
      scopePath: door.officer.unitPath,
      month: '2021-09',
      week: '2021-W35',
      contentItemCode: 'ND5',
      authors: ['officer-1'],
      synthetic: false,
    });
    expect(row).not.toHaveProperty('seq');
  });

  it('leaves an audit entry without its authors, and an event for the stream of changes', async () => {
    const { id } = await door.planned();
    const [entry] = await door.rows('audit', { entityIds: id });
    expect(entry).toMatchObject({ action: 'planActivity', subject: 'officer-1', version: 1 });
    expect(JSON.stringify(entry)).not.toContain('authors');
    expect(await door.rows('outbox', { entityId: id })).toMatchObject([
      { type: 'SupportActivity', action: 'planActivity', version: 1, stream: 'activities_activities' },
    ]);
  });

  it('is done once under one key, and refuses another plan under it', async () => {
    const input = door.input();
    const first = await door.send('planActivity', input);
    expect((await door.send('planActivity', input)).activity.id).toBe(first.activity.id);
    const other = await door.send('planActivity', { ...input, kind: 'TIEN_MAT' });
    expect(faultsOf(other)).toEqual(['IDEMPOTENCY_REUSED ERROR idempotencyKey']);
  });

  it('counts towards the content item that is named, and knows the units that help', async () => {
    const helpers = [door.elsewhere.unit.code];
    const { activity } = await planWith({ contentItem: await contentItemOf('ND4'), coOrganisers: helpers });
    expect(activity).toMatchObject({
      contentItem: { id: await contentItemOf('ND4') },
      coOrganisers: [{ id: door.elsewhere.unit.id }],
    });
  });
});

describe('who plans, and for whom', () => {
  it('roles that may not are refused before anything is looked at', async () => {
    for (const who of [demoViewer, door.commander, { ...door.officer, role: 'PUBLIC' as const }])
      await expect(door.send('planActivity', door.input({ unit: 'X99999.9' }), who)).rejects.toThrow(
        'UNAUTHORIZED_FIELD_OR_TYPE',
      );
  });

  it('an officer plans for the own unit only', async () => {
    const input = door.input({ unit: door.elsewhere.unit.code });
    await expect(door.send('planActivity', input)).rejects.toThrow('OUT_OF_SUBTREE');
    const above = viewerOf('OFFICER', 'officer-2', door.commander.unitPath ?? '');
    await expect(door.send('planActivity', door.input(), above)).rejects.toThrow('OUT_OF_SUBTREE');
  });

  it('a closed district files late by the province that took it over, and stands where it stood', async () => {
    const district = door.graph.tree.copies.find(
      ({ versions: [first] }) => first?.level === 'DISTRICT' && first.provinceCode === '01',
    );
    if (!district) throw new Error('The seed has no district.');
    const province = viewerOf('OFFICER', 'officer-3', door.commander.unitPath ?? '');
    await campaignIs({ status: 'CLOSED' });
    const late = await door.send(
      'planActivity',
      door.input({ unit: district.code, plan: door.plan({ area: null }) }),
      province,
    );
    const after = await door.send(
      'planActivity',
      door.input({ unit: district.code, plan: door.plan({ area: null, startsOn: '2025-03-01' }) }),
      province,
    );
    await campaignIs({ status: 'ACTIVE' });
    expect(late.activity).toMatchObject({ level: 'DISTRICT', provinceCode: '01' });
    const [row] = await door.rows('activities', { _id: late.activity.id });
    expect(row).toMatchObject({
      pathAtEvent: versionIn2021(district).path,
      unitPath: versionIn2021(district).path,
      scopePath: province.unitPath,
    });
    expect(after.userErrors).toMatchObject([
      {
        code: 'UNIT_CLOSED_ON_DATE',
        path: ['input', 'plan', 'startsOn'],
        message: `Đơn vị ${district.code} không tồn tại vào ngày 2025-03-01.`,
      },
    ]);
  });

  it('a place outside the own area warns, and is taken with a reason', async () => {
    const plan = door.plan({ area: areaOf(door.elsewhere.unit) });
    const input = door.input({ plan });
    const held = await door.send('planActivity', input);
    expect(faultsOf(held)).toEqual(['AREA_NOT_COVERED WARNING plan.area']);
    const overridden = { acknowledge: ['AREA_NOT_COVERED'], acknowledgeReason: 'Giúp xã bạn.' };
    const { activity } = await door.send('planActivity', { ...input, ...overridden });
    expect(activity.area).toEqual(areaOf(door.elsewhere.unit));
    expect(await door.rows('audit', { entityIds: activity.id })).toMatchObject([
      { reason: 'Giúp xã bạn.', acknowledged: ['AREA_NOT_COVERED'] },
    ]);
  });
});
