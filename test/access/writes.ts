import { randomUUID } from 'node:crypto';
import type { FormattedExecutionResult } from 'graphql';
import type { AtPlaces, Placed, PlacedRow } from './placed.ts';
import { type Place, placeNames } from './viewers.ts';

/** One mutation for each scope of writing, aimed at the row of each place with something wrong in it: nothing is written. */
export interface Writing {
  readonly scope: string;
  readonly mutation: string;
  readonly door: 'units' | 'campaigns' | 'activities' | 'awards';
  readonly rows: (placed: Placed) => AtPlaces;
  /** The input beside the key. */
  readonly input: (row: PlacedRow) => string;
  /** What is found wrong for those who are let so far: access is asked about first. */
  readonly wrong: 'VERSION_CONFLICT' | 'INVALID_STATE' | 'NOT_FOUND';
}

const stale = ({ _id }: PlacedRow): string => `id: "${_id}", expectedVersion: 9999`;
const conflict = (
  scope: string,
  mutation: string,
  door: Writing['door'],
  rows: Writing['rows'],
  more = '',
): Writing => ({
  ...{ scope, mutation, door, rows },
  input: (row) => `${stale(row)}${more}`,
  wrong: 'VERSION_CONFLICT',
});
const drafts: Writing['rows'] = (placed) => placed.drafts;
const reports: Writing['rows'] = (placed) => placed.reports;
const activities: Writing['rows'] = (placed) => placed.activities;
const dossiers: Writing['rows'] = (placed) => placed.dossiers;
const day = '2021-12-11';
const why = ', reason: "Nội dung không còn đúng nữa."';

export const writings: readonly Writing[] = [
  conflict('drafts:write', 'submitCampaign', 'campaigns', drafts),
  conflict('drafts:approve', 'approveCampaign', 'campaigns', drafts),
  conflict('articles:write', 'withdrawArticle', 'campaigns', ({ articles }) => articles, why),
  conflict('targets:write', 'removeIndicatorTarget', 'campaigns', ({ targets }) => targets, why),
  conflict('participations:write', 'summariseParticipation', 'campaigns', (all) => all.participations),
  conflict('clusters:write', 'closeCluster', 'campaigns', ({ clusters }) => clusters),
  conflict('reports:write', 'submitReport', 'campaigns', reports),
  conflict('reports:approve', 'acceptReport', 'campaigns', reports),
  {
    ...{ scope: 'reports:lock', mutation: 'lockReports', door: 'campaigns', rows: drafts },
    input: ({ code }) => `campaign: "${code}", reports: [{ id: "none", expectedVersion: 1 }]`,
    wrong: 'INVALID_STATE',
  },
  conflict(
    'activities:write',
    'addEvidence',
    'activities',
    activities,
    `, evidence: [{ title: "Biên bản", sha256: "${'b'.repeat(64)}" }]`,
  ),
  conflict('activities:approve', 'approveActivity', 'activities', activities),
  conflict('deliveries:write', 'completeActivity', 'activities', activities),
  conflict('people:write', 'withdrawConsent', 'activities', ({ households }) => households),
  conflict('dossiers:write', 'withdrawDossier', 'awards', dossiers),
  conflict('dossiers:review', 'reviewDossier', 'awards', dossiers),
  conflict('dossiers:approve', 'appraiseDossier', 'awards', dossiers),
  conflict('award:decide', 'confer', 'awards', dossiers, `, conferredOn: "${day}"`),
  {
    ...conflict('award:decide', 'confer', 'awards', ({ ministers }) => ministers, `, conferredOn: "${day}"`),
    scope: 'award:decide of the minister',
  },
  {
    ...{ scope: 'units:propose', mutation: 'rejectUnitMerge', door: 'units', rows: drafts },
    input: () => 'id: "none", expectedVersion: 1, reason: "Không còn cần thiết"',
    wrong: 'NOT_FOUND',
  },
  {
    ...{ scope: 'units:write', mutation: 'renameUnit', door: 'units', rows: drafts },
    input: () =>
      `unit: { code: "T01.1", expectedVersion: 9999 }, name: { vi: "Công an Hà Nội" }, effectiveOn: "2026-02-01", decision: { number: "1/QĐ", date: "2026-01-10" }`,
    wrong: 'VERSION_CONFLICT',
  },
];

/** Sends the mutation for the row of each place. */
export const documentOf = ({ mutation, rows, input }: Writing, placed: Placed): string => {
  const send = (place: Place) =>
    `${place}: ${mutation}(input: { idempotencyKey: "${randomUUID()}", ${input(rows(placed)[place])} }) { userErrors { code } }`;
  return `mutation { ${placeNames.map(send).join(' ')} }`;
};

const refusals = new Set(['UNAUTHORIZED_FIELD_OR_TYPE', 'FORBIDDEN', 'OUT_OF_SUBTREE', 'NOT_FOUND']);

/** Gives the places where the viewer was let write. Throws for an answer that is neither that nor a refusal of access. */
export function placesWritten({ wrong }: Writing, { data, errors }: FormattedExecutionResult): string {
  // In the contract of partners there are no mutations.
  if (errors?.some(({ message }) => message === 'There are no mutations here.')) return '';
  const written = placeNames.filter((place) => {
    const refused = errors?.find(({ path }) => path?.[0] === place)?.extensions?.code;
    const { userErrors } = (data?.[place] ?? {}) as { userErrors?: readonly { code: string }[] };
    const code = refused ?? userErrors?.[0]?.code;
    if (code === wrong) return true;
    // A row that is nowhere for the viewer is not found.
    if (refusals.has(String(code))) return false;
    throw new Error(`${place}: ${JSON.stringify({ data: data?.[place], errors })}`);
  });
  return written.join(' ');
}
