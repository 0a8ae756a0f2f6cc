import { randomUUID } from 'node:crypto';
import type { Viewer } from '../../server/viewer.ts';
import { testVolumes } from '../harness/volumes.ts';
import { type CampaignsDoor, openCampaigns, viewerOf } from './campaignsDoor.ts';

/** Helpers of the tests that write reports, participations and clusters. */

/** The campaign of 2021, and one of its indicators for each measure. */
export const main = 'BCA-2021-COVID-TDDB';

/** Hà Nội is T01.1; H250.1 is one of its districts. */
export const province = '/BCA/T01.1/';

export const officerOf = (path: string): Viewer => viewerOf('OFFICER', path);
export const commanderOf = (path: string): Viewer => viewerOf('COMMANDER', path);

export interface Told {
  readonly code: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The answer of a mutation: what it gave, what it was refused for, and the code that was thrown. */
export interface Done {
  readonly node: ReportNode | null;
  readonly told: readonly Told[];
  readonly thrown: string | null;
}

export interface ReportNode {
  readonly id: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

export interface Reporting extends CampaignsDoor {
  /** Sends a mutation; `select` is what of the record is read back. */
  readonly write: (name: string, input: object, viewer: Viewer, select?: string) => Promise<Done>;
  /** Gives a record as it is stored. */
  readonly stored: (collection: string, id: string) => Promise<Record<string, unknown> | null>;
}

const fields: Readonly<Record<string, string>> = {
  Participation: 'participation',
  Report: 'report',
  Reports: 'reports',
  Cluster: 'cluster',
  Member: 'score',
};

/** Opens a small seed to write in, in a database of its own; the clock stands in January 2026. */
export async function openReporting(): Promise<Reporting> {
  const graph = await openCampaigns(testVolumes, 'LATER');
  return {
    ...graph,
    write: async (name, input, viewer, select = 'id status version') => {
      const field = fields[/[A-Z][a-z]+$/u.exec(name)?.[0] ?? ''];
      const { data, errors } = await graph.ask(
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) {
          node: ${field} { ${select} } userErrors { code path params { name value } } } }`,
        { input: { idempotencyKey: randomUUID(), ...input } },
        viewer,
      );
      const answer = data?.[name] as { node: ReportNode | null; userErrors: Raw[] } | null | undefined;
      return {
        node: answer?.node ?? null,
        told: (answer?.userErrors ?? []).map(toldOf),
        thrown: errors ? String(errors[0]?.extensions?.code ?? errors[0]?.message) : null,
      };
    },
    stored: (collection, id) =>
      graph.connection.collection<{ _id: string }>(`campaigns_${collection}`).findOne({ _id: id }),
  };
}

interface Raw {
  readonly code: string;
  readonly path: readonly string[];
  readonly params: readonly { readonly name: string; readonly value: string }[];
}

const toldOf = ({ code, path, params }: Raw): Told => ({
  code,
  path: path.join('.'),
  params: Object.fromEntries(params.map(({ name, value }) => [name, value])),
});

export const codes = ({ told }: Done): string[] => told.map(({ code }) => code);

/** The record of a mutation that must have been done. */
export const nodeOf = (done: Done): ReportNode => {
  if (!done.node) throw new Error(JSON.stringify(done));
  return done.node;
};

/** What of a record a mutation on it names. */
export const at = ({ id, version }: ReportNode) => ({ id, expectedVersion: version });
