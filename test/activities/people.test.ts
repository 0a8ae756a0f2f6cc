import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoViewer, publicViewer, type Viewer } from '../../server/viewer.ts';
import type { ActivityFacts, DeliveryRow } from '../../subgraphs/activities/index.ts';
import { codesOf, type OpenedActivities, openActivities } from './activitiesDoor.ts';

let graph: OpenedActivities;
let facts: ActivityFacts[];
let deliveries: DeliveryRow[];
let listed: ActivityFacts;

beforeAll(async () => {
  graph = await openActivities({ writes: true });
  facts = [...graph.seed.rows.activities];
  deliveries = [...graph.seed.rows.deliveries];
  const found = facts.find(({ _id }) => deliveries.some(({ activityId }) => activityId === _id));
  if (!found) throw new Error('The seed lists nobody.');
  listed = found;
});
afterAll(() => graph.close());

const query = `query ($id: ID!, $purpose: String!, $first: Int! = 20) { supportActivity(id: $id) {
  code beneficiaries(purpose: $purpose, first: $first) { totalCount nodes {
    id group { code } householdSize displayName idTail idCheck consent area { code listDate } deliveredOn synthetic } } } }`;
const purpose = 'Đối chiếu danh sách trước khi quyết toán';

const viewerOf = (role: Viewer['role'], unitPath: string | null): Viewer => ({
  ...publicViewer,
  subject: `test-${role}`,
  role,
  unitPath,
});
const audit = () => graph.connection.collection('activities_audit');

describe('households', () => {
  it('are readable by the officer of the unit that helped them, and the reading is recorded', async () => {
    const officer = viewerOf('OFFICER', listed.scopePath);
    const before = await audit().countDocuments();
    const { data, errors, commands } = await graph.ask(query, { id: listed._id, purpose }, officer);
    expect(errors).toBeUndefined();
    const rows = deliveries.filter(({ activityId }) => activityId === listed._id);
    const { totalCount, nodes } = data.supportActivity.beneficiaries;
    expect(totalCount).toBe(rows.length);
    expect(nodes).toContainEqual({
      id: rows[0]?._id,
      group: rows[0]?.group ? { code: rows[0].group } : null,
      householdSize: rows[0]?.householdSize,
      displayName: null,
      idTail: null,
      idCheck: 'NOT_GIVEN',
      consent: rows[0]?.consent,
      area: rows[0]?.area,
      deliveredOn: rows[0]?.deliveredOn,
      synthetic: true,
    });
    expect(commands).toBe(3);
    expect(await audit().countDocuments()).toBe(before + 1);
    expect(await audit().findOne({}, { sort: { at: -1, _id: -1 } })).toMatchObject({
      action: 'READ_BENEFICIARIES',
      subject: 'test-OFFICER',
      role: 'OFFICER',
      type: 'SupportActivity',
      entityIds: [listed._id],
      reason: purpose,
    });
  });

  it('are nowhere for an officer elsewhere, as their activity is, and nothing is recorded', async () => {
    const before = await audit().countDocuments();
    const elsewhere = viewerOf('OFFICER', '/BCA/T99.1/');
    const answer = await graph.ask(query, { id: listed._id, purpose }, elsewhere);
    expect([answer.data, codesOf(answer)]).toEqual([{ supportActivity: null }, []]);
    expect(await audit().countDocuments()).toBe(before);
  });

  it.each<[string, (path: string) => Viewer, string]>([
    ['the public', () => publicViewer, 'NO_ACTIVITY'],
    ['a partner', () => viewerOf('PARTNER', null), 'NO_ACTIVITY'],
    ['an administrator', () => viewerOf('ADMIN', '/BCA/'), 'NO_ACTIVITY'],
    ['the ministry', () => demoViewer, 'UNAUTHORIZED_FIELD_OR_TYPE'],
    ['the commander above', (path) => viewerOf('COMMANDER', path.replace(/[^/]+\/$/u, '')), 'FORBIDDEN'],
  ])('are forbidden to %s, and nothing is recorded', async (_, make, refusal) => {
    const before = await audit().countDocuments();
    const answer = await graph.ask(query, { id: listed._id, purpose }, make(listed.scopePath));
    // Who reads no single activity is refused that already.
    const isClosed = refusal === 'NO_ACTIVITY';
    expect(codesOf(answer)).toEqual([isClosed ? 'UNAUTHORIZED_FIELD_OR_TYPE' : refusal]);
    expect(answer.data.supportActivity).toEqual(isClosed ? null : { code: listed.code, beneficiaries: null });
    expect(await audit().countDocuments()).toBe(before);
  });

  it('need a purpose that says something', async () => {
    const officer = viewerOf('OFFICER', listed.scopePath);
    for (const empty of ['', '         .', 'xem']) {
      const answer = await graph.ask(query, { id: listed._id, purpose: empty }, officer);
      expect(codesOf(answer)).toEqual(['INPUT_INVALID']);
    }
  });

  it('are not read when the reading cannot be recorded', async () => {
    const officer = viewerOf('COMMANDER', listed.scopePath);
    await graph.connection.db?.command({
      collMod: 'activities_audit',
      validator: { subject: 'nobody' },
      validationLevel: 'strict',
    });
    const answer = await graph.ask(query, { id: listed._id, purpose }, officer);
    expect(answer.data.supportActivity.beneficiaries).toBeNull();
    expect(codesOf(answer)).toEqual(['INTERNAL_SERVER_ERROR']);
    expect(graph.unexpected.splice(0)).toMatchObject([{ code: 121 }]);
    await graph.connection.db?.command({
      collMod: 'activities_audit',
      validator: {},
      validationLevel: 'off',
    });
  });
});

describe('counts and evidence of an activity', () => {
  const counts = `query ($first: Int!) { supportActivities(first: $first, sort: [{ field: CODE }]) { nodes {
    code deliveries people { targeted reached households suppressed } groups { group { code } households suppressed }
    evidence { sha256 } } } }`;

  it('are shown inside, and outside without what few people could be known by', async () => {
    const inside = await graph.ask(counts, { first: 100 });
    // Outside of every unit, and yet a reader of single activities.
    const outside = await graph.ask(counts, { first: 100 }, { ...publicViewer, role: 'MINISTRY' });
    expect(outside.errors).toBeUndefined();
    let hidden = 0;
    inside.data.supportActivities.nodes.forEach(
      (
        open: {
          code: string;
          deliveries: number;
          people: { households: number };
          groups: { households: number }[];
        },
        index: number,
      ) => {
        const shown = outside.data.supportActivities.nodes[index];
        expect(shown.evidence).toBeNull();
        if (shown.people.households === null) expect(shown.deliveries).toBeNull();
        else expect(shown.deliveries).toBe(open.deliveries);
        const values = open.groups.map(({ households }) => households);
        const visible: (number | null)[] = shown.groups.map(
          ({ households }: { households: number }) => households,
        );
        const gone = visible.filter((value) => value === null).length;
        hidden += gone;
        values.forEach((value, at) => {
          if (value > 0 && value < 5) expect(visible[at]).toBeNull();
          else expect([value, null]).toContain(visible[at]);
        });
        if (gone === 1) expect(shown.people.households).toBeNull();
        if (gone === 0) expect(shown.people.households).toBe(open.people.households);
      },
    );
    expect(hidden).toBeGreaterThan(0);
    expect(
      inside.data.supportActivities.nodes.some(
        ({ evidence }: { evidence: unknown[] }) => evidence.length > 0,
      ),
    ).toBe(true);
  });
});

describe('the export', () => {
  const rows = `query ($first: Int! = 100, $after: String, $filter: SupportActivityFilter) {
    supportExport(first: $first, after: $after, filter: $filter) { totalCount
      nodes { unitCode kind group provinceCode month targeted reached amount suppressed synthetic }
      pageInfo { hasNextPage endCursor } } }`;
  interface Row {
    readonly [field: string]: unknown;
    readonly targeted: number | null;
    readonly reached: number | null;
    readonly suppressed: boolean;
  }
  const all = async (first: number, viewer: Viewer, filter?: unknown): Promise<Row[]> => {
    const found: Row[] = [];
    let after: string | null = null;
    do {
      const { data, commands, errors } = await graph.ask(
        rows.replace('totalCount', ''),
        { first, after, filter },
        viewer,
      );
      expect(errors).toBeUndefined();
      expect(commands).toBeLessThanOrEqual(3);
      found.push(...data.supportExport.nodes);
      after = data.supportExport.pageInfo.hasNextPage ? data.supportExport.pageInfo.endCursor : null;
    } while (after);
    return found;
  };

  const expected = () => {
    const sums = new Map<string, { targeted: number; reached: number; amount: number }>();
    for (const { status, startsOn, unitCode, kind, groups, amount } of facts) {
      if (status === 'CANCELLED') continue;
      for (const { code, targeted, reached } of groups) {
        const key = [startsOn.slice(0, 7), unitCode, kind, code].join('|');
        const sum = sums.get(key) ?? { targeted: 0, reached: 0, amount: 0 };
        sums.set(key, {
          targeted: sum.targeted + (targeted ?? 0),
          reached: sum.reached + (reached ?? 0),
          amount: sum.amount + amount,
        });
      }
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  };
  const keyOf = ({ month, unitCode, kind, group }: Row) => [month, unitCode, kind, group].join('|');

  it('gives every row once, in one order, however it is paged', async () => {
    const whole = await all(100, demoViewer);
    expect(
      whole.map((row) => [keyOf(row), { targeted: row.targeted, reached: row.reached, amount: row.amount }]),
    ).toEqual(expected());
    expect(await all(3, demoViewer)).toEqual(whole);
    const { data } = await graph.ask(rows, { first: 1 });
    expect(data.supportExport.totalCount).toBe(whole.length);
  });

  it('keeps to its filter', async () => {
    const some = await all(50, demoViewer, { kind: ['TRI_AN'], group: ['NGUOI_CAO_TUOI'] });
    expect(some.length).toBeGreaterThan(0);
    expect(some.every(({ kind, group }) => kind === 'TRI_AN' && group === 'NGUOI_CAO_TUOI')).toBe(true);
  });

  it('hides counts of few people from partners, the same whatever the pages', async () => {
    const partner = { ...viewerOf('PARTNER', null), scopes: ['export:read'] };
    const [open, guarded] = [await all(100, demoViewer), await all(100, partner)];
    expect(await all(7, partner)).toEqual(guarded);
    open.forEach(({ reached }, index) => {
      const row = guarded[index];
      if ((reached ?? 0) > 0 && (reached ?? 0) < 5) expect(row?.reached).toBeNull();
      expect([reached, null]).toContain(row?.reached);
      expect(row?.suppressed).toBe(row?.reached === null || row?.targeted === null);
    });
    expect(guarded.some(({ suppressed }) => suppressed)).toBe(true);
    expect(guarded.some(({ suppressed }) => !suppressed)).toBe(true);
  });
});
