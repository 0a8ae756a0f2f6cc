import { randomUUID } from 'node:crypto';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import type { ActivityFacts } from '../../subgraphs/activities/index.ts';
import { CAMPAIGN, type OpenedActivities, openActivities } from './activitiesDoor.ts';

export type Kind = 'TIEN_MAT' | 'NHA_TINH_NGHIA' | 'SUA_NHA' | 'HO_TRO_VAT_CHAT';

/** Numbers of the never-issued province 000, as all numbers of tests are. */
export const numberOf = (index: number): string => `000200${String(index).padStart(6, '0')}`;

export const key = (): string => randomUUID();

export interface Planted {
  readonly id: string;
  readonly expectedVersion: number;
  readonly code: string;
}

export interface UserError {
  readonly code: string;
  readonly severity: string;
  readonly path: readonly string[];
  readonly message: string;
  readonly text: { readonly vi: string; readonly en: string };
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

export interface Payload {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly activity: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly beneficiary?: any;
  readonly userErrors: readonly UserError[];
}

type Mutation =
  | 'recordDelivery'
  | 'completeActivity'
  | 'addBeneficiary'
  | 'withdrawConsent'
  | 'eraseBeneficiary';

export interface OpenedPeople {
  readonly graph: OpenedActivities;
  readonly unitPath: string;
  readonly officer: Viewer;
  readonly commander: Viewer;
  /** Writes an activity of the unit as planning would leave it, and gives what a command needs of it. */
  readonly plant: (given?: Partial<ActivityFacts> & { readonly kind?: Kind }) => Promise<Planted>;
  /** Sends a mutation; throws the code of an error. */
  readonly send: (mutation: Mutation, input: object, viewer?: Viewer) => Promise<Payload>;
  readonly rows: (name: string, filter: object) => Promise<readonly Record<string, unknown>[]>;
}

const activity = `activity { id version status endsOn deliveries amount people { targeted reached households }
  groups { group { code } targeted reached households } funding { source { code } planned amount }
  inKind { item { vi } quantity value } }`;
const userErrors = 'userErrors { code severity path message text { vi en } params { name value } }';
const beneficiary =
  'beneficiary { id version group { code } displayName idTail idCheck consent householdSize deliveredOn erasedAt }';

const documentOf = (mutation: Mutation): string => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const row = ['recordDelivery', 'completeActivity'].includes(mutation) ? '' : beneficiary;
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${row} ${activity} ${userErrors} } }`;
};

const nobody = { reached: 0, households: 0 };

/** Opens the activities door over a database of its own, with an officer and a commander of one unit. */
export async function openPeople(): Promise<OpenedPeople> {
  const graph = await openActivities({ writes: true, cubes: 'LATER' });
  const [seeded] = [...graph.seed.rows.activities].filter(
    ({ levelAtEvent, campaignCode }) => levelAtEvent === 'COMMUNE' && campaignCode === CAMPAIGN,
  );
  if (!seeded) throw new Error('The seed has no activity of a commune.');
  const viewer = (role: Viewer['role'], subject: string): Viewer => ({
    ...publicViewer,
    subject,
    role,
    unitPath: seeded.scopePath,
  });
  const collection = graph.connection.collection('activities_activities');
  const stored = await collection.findOne({ code: seeded.code });
  const officer = viewer('OFFICER', 'officer-1');
  return {
    graph,
    unitPath: seeded.scopePath,
    officer,
    commander: viewer('COMMANDER', 'commander-1'),
    plant: async (given = {}) => {
      const { seq: _, ...like } = (stored ?? {}) as Record<string, unknown>;
      const code = `HT-TEST-${randomUUID().slice(0, 8)}`;
      const row = {
        ...like,
        _id: `act_${randomUUID().replaceAll('-', '').slice(0, 22)}`,
        code,
        kind: 'TIEN_MAT',
        status: 'APPROVED',
        startsOn: '2021-09-01',
        endsOn: null,
        people: { targeted: 40, ...nobody },
        groups: [{ code: 'NGUOI_NGHEO', targeted: 40, ...nobody }],
        funding: [{ code: 'XA_HOI_HOA', planned: 10_000_000, amount: 0 }],
        plannedAmount: 10_000_000,
        amount: 0,
        inKind: [],
        deliveries: 0,
        house: null,
        authors: ['planner-1'],
        synthetic: false,
        version: 2,
        ...given,
      };
      await collection.insertOne(row as never);
      return { id: row._id, expectedVersion: row.version, code };
    },
    send: async (mutation, input, who = officer) => {
      const { data, errors } = await graph.ask(documentOf(mutation), { input }, who);
      if (errors) throw new Error(`${errors[0]?.extensions?.code}: ${errors[0]?.message}`);
      return data[mutation];
    },
    rows: async (name, filter) =>
      graph.connection.collection(`activities_${name}`).find(filter).sort({ _id: 1 }).toArray(),
  };
}

/** The codes and places of what stood in a command's way. */
export const faultsOf = ({ userErrors: found }: Payload): string[] =>
  found.map(({ code, severity, path }) => `${code} ${severity} ${path.slice(1).join('.')}`);
