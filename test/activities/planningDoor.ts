import { randomUUID } from 'node:crypto';
import type { UnitCopy, UnitVersionCopy } from '../../schema/events.ts';
import { publicViewer, type Viewer } from '../../server/viewer.ts';
import { CAMPAIGN, type OpenedActivities, openActivities } from './activitiesDoor.ts';

export const key = (): string => randomUUID();

export interface UserError {
  readonly code: string;
  readonly severity: string;
  readonly path: readonly string[];
  readonly message: string;
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

export interface Payload {
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly activity?: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare answers as they are
  readonly house?: any;
  readonly userErrors: readonly UserError[];
}

type Mutation =
  | 'planActivity'
  | 'updateActivityPlan'
  | 'approveActivity'
  | 'verifyActivity'
  | 'cancelActivity'
  | 'addEvidence'
  | 'advanceHouse';

/** What a command on an existing record needs of it. */
export interface Seen {
  readonly id: string;
  readonly expectedVersion: number;
}

type Row = Readonly<Record<string, unknown>>;

export interface OpenedPlanning {
  readonly graph: OpenedActivities;
  /** A commune of 2021, and one of another province. */
  readonly commune: UnitCopy;
  readonly elsewhere: Standing;
  readonly officer: Viewer;
  /** Commands the province that the commune lies in. */
  readonly commander: Viewer;
  /** A plan that nothing is wrong with. */
  readonly plan: (part?: object) => object;
  readonly input: (part?: object) => object;
  /** Sends a mutation; throws the code of an error. */
  readonly send: (mutation: Mutation, input: object, viewer?: Viewer) => Promise<Payload>;
  /** Plans an activity, and takes it along the given steps as the database would hold it. */
  readonly planned: (part?: object, set?: object) => Promise<Seen & { readonly houseId: string | null }>;
  readonly rows: (name: string, filter: object) => Promise<readonly Row[]>;
  readonly set: (name: string, filter: object, change: object) => Promise<void>;
}

const activity = `activity { id code version status note title { vi en } startsOn endsOn level provinceCode
  campaign { code } unit { id } contentItem { id } coOrganisers { id } kind { code } area { code listDate }
  people { targeted reached households } groups { group { code } targeted reached households }
  funding { source { code } planned amount } plannedAmount amount deliveries
  plannedInKind { item { vi } quantity measure { vi } value } inKind { value }
  evidence { number date title url sha256 }
  house { id code version status surveyedOn dueOn cost area { code } } synthetic }`;
const house = `house { id code version status surveyedOn approvedOn startedOn dueOn completedOn handedOverOn
  cancelledOn cost overdue activity { id version status } }`;
const userErrors = 'userErrors { code severity path message params { name value } }';

const documentOf = (mutation: Mutation): string => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const record = mutation === 'advanceHouse' ? house : activity;
  return `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${record} ${userErrors} } }`;
};

/** The version of a unit on a day of the campaign. */
export function versionIn2021({ versions }: UnitCopy): UnitVersionCopy {
  const found = versions.find(
    ({ from, before }) => from <= '2021-09-01' && (before === null || before > '2021-09-01'),
  );
  if (!found) throw new Error('The unit did not exist in 2021.');
  return found;
}

export const lastPath = ({ versions }: UnitCopy): string => versions.at(-1)?.path ?? '';

export const viewerOf = (role: Viewer['role'], subject: string, unitPath: string): Viewer => ({
  ...publicViewer,
  ...{ role, subject, unitPath },
});

/** A unit, with the path from which its records are written today: its living successor's, or its last. */
export interface Standing {
  readonly unit: UnitCopy;
  readonly scopePath: string;
}

/** Finds a commune of 2021 in a province that has activities in the seed. */
function communeOf({ tree, seed }: OpenedActivities, province: string): Standing {
  for (const { unitCode, levelAtEvent, provinceAtEvent, scopePath } of seed.rows.activities) {
    const unit = tree.copies.find(({ code }) => code === unitCode);
    if (unit && levelAtEvent === 'COMMUNE' && provinceAtEvent === province) return { unit, scopePath };
  }
  throw new Error(`The seed has no activity of a commune of ${province}.`);
}

/** Every commune's police carries the code of its area on the list of 2021. */
export const areaOf = ({ code }: UnitCopy) => ({
  code: code.slice(1).split('.')[0] ?? '',
  listDate: '2021-08-01',
});

/** Opens the activities door over a database of its own, with an officer of a commune and a commander above. */
export async function openPlanning(): Promise<OpenedPlanning> {
  const graph = await openActivities({ writes: true, cubes: 'LATER' });
  const { unit: commune, scopePath } = communeOf(graph, '01');
  const officer = viewerOf('OFFICER', 'officer-1', scopePath);
  const plan = (part = {}) => ({
    title: { vi: 'Trao quà cho hộ nghèo', en: 'Gifts for poor households' },
    startsOn: '2021-09-01',
    groups: [{ group: 'NGUOI_NGHEO', targeted: 40 }],
    plannedAmount: 12_000_000,
    funding: [{ source: 'XA_HOI_HOA', planned: 12_000_000 }],
    area: areaOf(commune),
    ...part,
  });
  const input = (part = {}) => ({
    ...{ idempotencyKey: key(), campaign: CAMPAIGN, unit: commune.code, kind: 'HO_TRO_VAT_CHAT' },
    plan: plan(),
    ...part,
  });
  const collection = (name: string) => graph.connection.collection(`activities_${name}`);
  const set = async (name: string, filter: object, change: object) => {
    await collection(name).updateOne(filter, { $set: change });
  };
  const send = async (mutation: Mutation, given: object, who = officer) => {
    const { data, errors } = await graph.ask(documentOf(mutation), { input: given }, who);
    if (errors) throw new Error(`${errors[0]?.extensions?.code}: ${errors[0]?.message}`);
    return data[mutation];
  };
  return {
    ...{ graph, commune, officer, plan, input, send, set },
    elsewhere: communeOf(graph, '44'),
    commander: viewerOf('COMMANDER', 'commander-1', `/${scopePath.split('/').slice(1, 3).join('/')}/`),
    planned: async (part = {}, change = {}) => {
      const { activity: made, userErrors: found } = await send('planActivity', input(part));
      if (!made) throw new Error(JSON.stringify(found));
      await set('activities', { _id: made.id }, change);
      return { id: made.id, expectedVersion: made.version, houseId: made.house?.id ?? null };
    },
    rows: async (name, filter) => collection(name).find(filter).toArray(),
  };
}

/** The codes and places of what stood in a command's way. */
export const faultsOf = ({ userErrors: found }: Payload): string[] =>
  found.map(({ code, severity, path }) => `${code} ${severity} ${path.slice(1).join('.')}`);
