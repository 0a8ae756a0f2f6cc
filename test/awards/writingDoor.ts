import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import { type Connection, createConnection } from 'mongoose';
import { inject, vi } from 'vitest';
import { buildAwards } from '../../database/seed/awards/awards.ts';
import type { Viewer } from '../../server/viewer.ts';
import { type AwardsRows, awards } from '../../subgraphs/awards/index.ts';
import { openSubgraph } from '../../subgraphs/openSubgraph.ts';
import type { Door, LoadOptions } from '../../subgraphs/subgraph.ts';
import { treeOf } from '../harness/trees.ts';
import { testVolumes } from '../harness/volumes.ts';
import { campaign, viewerOf } from './awardsDoor.ts';

/** A day of the campaign of 2021: the law of 2003, districts, a base salary of 1,490,000 đồng. */
export const DAY = '2021-12-20';
export const DISTRICT = '/BCA/T01.1/H001.1/';

const as = (subject: string, viewer: Viewer): Viewer => ({ ...viewer, subject });

/** The people of one district's police, and of those above it. */
export const officer = as('officer', viewerOf('OFFICER', DISTRICT));
export const commander = as('commander', viewerOf('COMMANDER', DISTRICT));
export const province = as('province', viewerOf('COMMANDER', '/BCA/T01.1/'));
export const ministry = as('ministry', viewerOf('MINISTRY', '/BCA/', ['award:decide']));
export const stranger = (role: Viewer['role']): Viewer =>
  as('stranger', viewerOf(role, '/BCA/T44.1/', ['award:decide']));

export interface UserError {
  readonly code: string;
  readonly severity: string;
  readonly path: readonly string[];
  readonly message: string;
}

export interface DossierNode {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
}

export interface Payload {
  readonly dossier?: DossierNode | null;
  readonly dossiers?: readonly DossierNode[] | null;
  readonly award?: { readonly id: string; readonly status: string; readonly version: number } | null;
  readonly verifyCode?: string | null;
  readonly userErrors: readonly UserError[];
}

const dossierFields = 'id number state version';
const selections = {
  dossier: `dossier { ${dossierFields} }`,
  dossiers: `dossiers { ${dossierFields} }`,
  decision: `dossier { ${dossierFields} } award { id status version } verifyCode`,
  award: 'award { id status version }',
};
const selectionOf = (mutation: string): string => {
  if (mutation === 'createDossiers') return selections.dossiers;
  if (mutation === 'revokeAward') return selections.award;
  return mutation === 'decideDossier' || mutation === 'confer' ? selections.decision : selections.dossier;
};

export interface WritingDoor {
  readonly connection: Connection;
  readonly door: Door<AwardsRows>;
  /** Lets the door believe that it is another day. */
  readonly goTo: (day: string) => void;
  readonly ask: (
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    viewer?: Viewer,
  ) => Promise<FormattedExecutionResult>;
  /** Does a mutation with a key of its own. Throws the code of a top-level error. */
  readonly does: (mutation: string, input: object, viewer: Viewer) => Promise<Payload>;
  readonly rows: (collection: string, filter?: object) => Promise<Record<string, unknown>[]>;
  /** Resolves when every event of what was written is counted in the cubes. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function isCounted({ name, status }: Door<AwardsRows>): Promise<boolean> {
  const { pending, lastSeq, follows } = await status();
  const own = follows.find(({ source }) => source === name);
  return pending === 0 && (own?.position ?? 0) >= lastSeq;
}

/**
 * Opens the awards' door over a database of its own, with the catalogue, the units of 2021 and the campaign; without cubes,
 * unless they are asked for: sums are then read from the rows.
 */
export async function openWritingDoor(cubes: LoadOptions['cubes'] = 'LATER'): Promise<WritingDoor> {
  const connection = await createConnection(inject('mongodbUri'), {
    dbName: `test_awards_${randomUUID().slice(0, 8)}`,
    autoIndex: false,
    autoCreate: false,
    maxPoolSize: 50,
  }).asPromise();
  let today = DAY;
  const unexpected: unknown[] = [];
  const door = openSubgraph(awards, {
    connection,
    now: () => new Date(`${today}T03:00:00Z`),
    logUnexpected: (error) => unexpected.push(error),
  });
  const { rows } = buildAwards({ dossiers: 0 }, treeOf(testVolumes), [campaign], []);
  await door.migrate();
  await door.load('test', () => rows, { cubes });
  const ask: WritingDoor['ask'] = async (document, variables, viewer = ministry) => {
    const answer = await door.ask({ document, variables, viewer, requestId: 'test' });
    if (unexpected.length > 0) throw unexpected.pop();
    return answer;
  };
  const does: WritingDoor['does'] = async (mutation, input, viewer) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const fields = `${selectionOf(mutation)} userErrors { code severity path message }`;
    const { data, errors } = await ask(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
      viewer,
    );
    if (errors) throw new Error(String(errors[0]?.extensions?.code ?? errors[0]?.message));
    return (data as Record<string, Payload>)[mutation] as Payload;
  };
  const settled = async () => {
    const nobody = { events: async () => [] };
    const work = door.start({ feedOf: () => nobody, onError: (error) => unexpected.push(error) });
    await vi.waitUntil(() => isCounted(door), { timeout: 20_000, interval: 20 });
    await work.stop();
  };
  return {
    ...{ connection, door, ask, does, settled },
    goTo: (day) => {
      today = day;
    },
    rows: async (collection, filter = {}) => connection.collection(collection).find(filter).toArray(),
    close: async () => {
      await connection.dropDatabase();
      await connection.close();
    },
  };
}

let made = 0;
/** A key that no other achievement has. */
export const achievementKey = (): string => {
  made += 1;
  return `TT-${made}`;
};

export const entryPapers = [
  { kind: 'TO_TRINH', document: { number: '12/TTr' } },
  { kind: 'BAO_CAO_THANH_TICH', confirmations: ['DIRECT_SUPERIOR', 'SUBMITTING_LEVEL'] },
];

/** A certificate of the district's head for one of its communes; each call is about another achievement. */
export const certificate = (change: object = {}) => ({
  form: 'GK',
  kind: 'MOVEMENT',
  campaign: campaign.code,
  recipient: { unit: 'X00001.1' },
  achievements: [
    { key: achievementKey(), summary: 'Giữ vững vùng xanh.', from: '2021-08-15', before: '2021-11-16' },
  ],
  papers: entryPapers,
  ...change,
});

export const person = (ref: string, change: object = {}) => ({
  person: {
    ref,
    displayName: 'Nguyễn Văn Mẫu',
    rank: 'Đại úy',
    unit: 'X00001.1',
    consented: true,
    ...change,
  },
});

export const goodVote = {
  heldOn: DAY,
  members: 9,
  present: 9,
  inFavour: 9,
  against: 0,
  blank: 0,
  secret: true,
  papers: [{ kind: 'BIEN_BAN_HOI_DONG' }],
};

export const decision = (change: object = {}) => ({
  decision: { number: '15/QĐ-CA', date: DAY, ...change },
  unitName: 'Công an phường Phúc Xá',
});

export const codesOf = ({ userErrors }: Payload): string[] => userErrors.map(({ code }) => code);

/** Gives the id and version to go on with. Throws what stood in the way. */
export function at({ dossier, userErrors }: Payload): { id: string; expectedVersion: number } {
  if (!dossier) throw new Error(userErrors.map(({ code, message }) => `${code}: ${message}`).join('\n'));
  return { id: dossier.id, expectedVersion: dossier.version };
}

export type Stage =
  | 'DRAFT'
  | 'SUBMITTED'
  | 'UNIT_REVIEWED'
  | 'APPRAISED'
  | 'COUNCIL_VOTED'
  | 'DECIDED'
  | 'CONFERRED';

/** Brings a dossier along the straight way to a state; a unit's head decides. */
export async function broughtTo(
  { does }: WritingDoor,
  stage: Stage,
  content: object = certificate(),
  { decider = commander, vote = goodVote }: { decider?: Viewer; vote?: object } = {},
): Promise<Payload> {
  let payload = await does('createDossier', { content }, officer);
  const go = async (mutation: string, input: object, viewer: Viewer) => {
    payload = await does(mutation, { ...at(payload), ...input }, viewer);
    return payload.dossier?.state === stage;
  };
  if (stage === 'DRAFT') return payload;
  if (await go('submitDossier', {}, officer)) return payload;
  if (
    await go('reviewDossier', { papers: [{ kind: 'BIEN_BAN_BINH_XET' }, { kind: 'SANG_KIEN' }] }, commander)
  )
    return payload;
  await go('recordConduct', { checkedOn: DAY, clear: true }, commander);
  if (await go('appraiseDossier', {}, commander)) return payload;
  if (await go('recordVote', vote, commander)) return payload;
  if (await go('decideDossier', decision(), decider)) return payload;
  await go('confer', { conferredOn: DAY }, decider);
  return payload;
}
