import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../server/viewer.ts';
import { testVolumes } from '../harness/volumes.ts';
import { type CampaignsDoor, openCampaigns, viewerOf } from './campaignsDoor.ts';

/** Helpers of the tests that write: who writes, what a plan says, and how a mutation is sent. */

export const officer = viewerOf('OFFICER', '/BCA/T01.1/');
export const commander = viewerOf('COMMANDER', '/BCA/T01.1/');
export const minister = viewerOf('COMMANDER', '/BCA/');

export const key = (): string => randomUUID();

export interface Told {
  readonly code: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface CampaignNode {
  readonly id: string;
  readonly code: string;
  readonly status: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

/** The answer of a mutation: what it gave, what it was refused for, and the code that was thrown. */
export interface Written<Node = CampaignNode> {
  readonly node: Node | null;
  readonly told: readonly Told[];
  readonly thrown: string | null;
}

export interface Writing extends CampaignsDoor {
  /** Sends a mutation; `select` is what of the record is read back. */
  readonly write: <Node = CampaignNode>(
    name: string,
    input: object,
    viewer?: Viewer,
    select?: string,
  ) => Promise<Written<Node>>;
  /** Creates a draft that could be handed in. */
  readonly begin: (draft?: object, viewer?: Viewer, owner?: string) => Promise<CampaignNode>;
  /** Puts a campaign into a state, whatever leads there. Gives it as it is then. */
  readonly put: (campaign: CampaignNode, fields: object) => Promise<CampaignNode>;
}

const nodes: readonly (readonly [string, string])[] = [
  ['removeIndicatorTarget', 'indicator'],
  ['setIndicatorTarget', 'target'],
  ['publishArticle', 'article'],
  ['updateArticle', 'article'],
  ['withdrawArticle', 'article'],
];

const campaignFields = 'id code status version';

/** Opens a small seed to write in, in a database of its own. */
export async function openWriting(): Promise<Writing> {
  const graph = await openCampaigns(testVolumes, 'LATER');
  const write = async <Node>(name: string, input: object, viewer = officer, select = campaignFields) => {
    const node = nodes.find(([mutation]) => mutation === name)?.[1] ?? 'campaign';
    const { data, errors } = await graph.ask(
      `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
        node: ${node} { ${select} } userErrors { code path params { name value } } } }`,
      { input: { idempotencyKey: key(), ...input } },
      viewer,
    );
    const answer = data?.[name] as { node: Node | null; userErrors: RawError[] } | null | undefined;
    return {
      node: answer?.node ?? null,
      told: (answer?.userErrors ?? []).map(toldOf),
      thrown: errors ? String(errors[0]?.extensions?.code ?? errors[0]?.message) : null,
    };
  };
  return {
    ...graph,
    write,
    begin: async (draft = {}, viewer = officer, owner = 'T01.1') => {
      const answer = await write<CampaignNode>('createCampaign', creating(draft, owner), viewer);
      if (!answer.node) throw new Error(JSON.stringify(answer));
      return answer.node;
    },
    put: async (campaign, fields) => {
      const rows = graph.connection.collection<{ _id: string; version: number }>('campaigns_campaigns');
      await rows.updateOne({ _id: campaign.id }, { $set: fields, $inc: { version: 1 } });
      const row = await rows.findOne({ _id: campaign.id });
      return { ...campaign, ...fields, version: row?.version ?? 0 };
    },
  };
}

interface RawError {
  readonly code: string;
  readonly path: readonly string[];
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

const toldOf = ({ code, path, params }: RawError): Told => ({
  code,
  path: path.join('.'),
  params: Object.fromEntries(params.map(({ name, value }) => [name, value])),
});

export const codes = ({ told }: { readonly told: readonly Told[] }): string[] => told.map(({ code }) => code);

/** The input of createCampaign, with a code of its own. */
export const creating = (draft: object = {}, owner = 'T01.1') => ({
  code: `TEST-${randomUUID().toUpperCase()}`,
  owner,
  draft: { ...plan, ...draft },
});

/** What of a record a mutation on it names. */
export const at = ({ id, version }: CampaignNode) => ({ id, expectedVersion: version });

export const text = (vi: string, en: string | null = null) => ({ vi, en });

/** A complete plan: nothing stands in the way of handing it in. */
export const plan = {
  kind: 'THEMATIC',
  title: text('Thi đua vì bình yên của nhân dân', 'Emulating for the people’s peace'),
  theme: text('Giữ vùng xanh, hóa xanh vùng đỏ', 'Keep the green zones'),
  issuedOn: '2026-01-05',
  legalBases: [
    { kind: text('Kết luận', 'Conclusion'), document: { number: '07-KL/TW', date: '2021-06-11' } },
  ],
};
