import { type AtPlaces, type Audited, auditedKinds, type Placed, type PlacedRow } from './placed.ts';
import { placeNames } from './viewers.ts';

/** One kind of row, and the ways by which it may be read. */
export interface Resource {
  readonly name: string;
  readonly door: 'units' | 'campaigns' | 'activities' | 'awards';
  readonly rows: (placed: Placed) => AtPlaces;
  /** What is asked about one row, by way; each is answered with something where the row may be read, else with nothing. */
  readonly ways: Readonly<Record<string, (row: PlacedRow) => string>>;
  /** The same by a reference of another subgraph; for the door alone, as the gateway offers no such field. */
  readonly reference?: (row: PlacedRow) => string;
}

const CAMPAIGN = 'BCA-2021-COVID-TDDB';
const reference = (type: string, key: string, inner = '__typename') =>
  `_entities(representations: [{ __typename: "${type}", ${key} }]) { ... on ${type} { ${inner} } }`;

interface AuditOf {
  readonly root: string;
  readonly door: Resource['door'];
  /** The field that people know such a row by. */
  readonly code?: 'code' | 'number';
}
const campaigns = { root: 'campaignAudit', door: 'campaigns' } as const;
const activities = { root: 'activityAudit', door: 'activities' } as const;
const awards = { root: 'awardAudit', door: 'awards' } as const;
const roots: Readonly<Record<Audited, AuditOf>> = {
  units: { root: 'unitAudit', door: 'units', code: 'code' },
  drafts: { ...campaigns, code: 'code' },
  reports: campaigns,
  articles: campaigns,
  targets: campaigns,
  participations: campaigns,
  clusters: campaigns,
  activities: { ...activities, code: 'code' },
  houses: { ...activities, code: 'code' },
  households: activities,
  dossiers: { ...awards, code: 'number' },
  awards,
};

export const resources: readonly Resource[] = [
  {
    name: 'draft campaigns',
    door: 'campaigns',
    rows: ({ drafts }) => drafts,
    ways: {
      'by code': ({ code }) => `campaign(code: "${code}") { id }`,
      'by id': ({ _id }) => `campaign(id: "${_id}") { code title { vi } }`,
      'in a list': ({ code }) => `campaigns(filter: { code: ["${code}"] }) { totalCount nodes { id } }`,
      'in a search': ({ code }) => `searchCampaigns(text: "${code}", first: 1) { campaign { id } }`,
    },
    reference: ({ code }) => reference('Campaign', `code: "${code}"`, 'title { vi }'),
  },
  {
    name: 'progress reports',
    door: 'campaigns',
    rows: ({ reports }) => reports,
    ways: { 'by id': ({ _id }) => `progressReport(id: "${_id}") { id period }` },
    reference: ({ _id }) => reference('ProgressReport', `id: "${_id}"`, 'period'),
  },
  {
    name: 'activities',
    door: 'activities',
    rows: ({ activities }) => activities,
    ways: {
      'by id': ({ _id }) => `supportActivity(id: "${_id}") { code status }`,
      'by codes': ({ code }) => `supportActivitiesByCode(codes: ["${code}"]) { id }`,
      'in a list': ({ _id }) =>
        `supportActivities(filter: { id: ["${_id}"], campaign: ["${CAMPAIGN}"] }) { totalCount nodes { id } }`,
      'with evidence': ({ _id }) => `supportActivity(id: "${_id}") { evidence { sha256 } code }`,
    },
    reference: ({ _id }) => reference('SupportActivity', `id: "${_id}"`, 'code title { vi }'),
  },
  {
    name: 'houses',
    door: 'activities',
    rows: ({ houses }) => houses,
    ways: {
      'by code': ({ code }) => `houseProject(code: "${code}") { id activity { id } }`,
      'in a list': ({ _id }) => `houseProjects(filter: { id: ["${_id}"] }) { totalCount nodes { id } }`,
    },
    reference: ({ _id }) => reference('HouseProject', `id: "${_id}"`, 'code'),
  },
  {
    name: 'households',
    door: 'activities',
    rows: ({ listed }) => listed,
    ways: {
      'under their activity': ({ _id }) =>
        `supportActivity(id: "${_id}") { beneficiaries(purpose: "Kiểm tra quyền đọc") { nodes { id } } }`,
    },
  },
  {
    name: 'dossiers',
    door: 'awards',
    rows: ({ dossiers }) => dossiers,
    ways: {
      'by id': ({ _id }) => `awardDossier(id: "${_id}") { number }`,
      'by number': ({ number }) => `awardDossier(number: "${number}") { id state }`,
      'in a list': ({ number }) =>
        `awardDossiers(filter: { number: ["${number}"] }) { totalCount nodes { id } }`,
    },
    reference: ({ _id }) => reference('AwardDossier', `id: "${_id}"`, 'number'),
  },
  {
    name: 'persons honoured who did not consent',
    door: 'awards',
    rows: ({ awards }) => awards,
    ways: {
      'by award': ({ _id }) =>
        `award(id: "${_id}") { recipient { ... on PersonRecipient { displayName ref } } }`,
    },
    reference: ({ _id }) =>
      reference('Award', `id: "${_id}"`, 'recipient { ... on PersonRecipient { displayName } }'),
  },
  {
    name: 'the audit under activities',
    door: 'activities',
    rows: ({ activities }) => activities,
    ways: {
      'under its activity': ({ _id }) => `supportActivity(id: "${_id}") { audit { nodes { action } } }`,
    },
  },
  ...auditedKinds.map(auditOf),
];

/** The audit of one kind of row, asked for by itself. */
function auditOf(kind: Audited): Resource {
  const { root, door, code } = roots[kind];
  const ask = (filter: string) => `${root}(filter: { ${filter} }) { totalCount nodes { action at } }`;
  return {
    name: `the audit of ${kind}`,
    door,
    rows: (placed) => placed[kind],
    ways: {
      'by id': ({ _id }) => ask(`id: "${_id}"`),
      'by id and account': ({ _id }) => ask(`id: "${_id}", subject: "somebody"`),
      'by id and time': ({ _id }) =>
        ask(`id: "${_id}", from: "2026-01-10T00:00:00Z", before: "2026-01-11T00:00:00Z"`),
      ...(code ? { 'by code': (row: PlacedRow) => ask(`code: "${row[code]}"`) } : {}),
    },
  };
}

/** Asks about the rows at all places at once, one alias for each. */
export const questionOf = (rows: AtPlaces, ask: (row: PlacedRow) => string): string =>
  `{ ${placeNames.map((place) => `${place}: ${ask(rows[place])}`).join(' ')} }`;

/** Gives the places whose rows were answered, as in `own under`. Throws for one that was answered in part. */
export function placesIn(data: Readonly<Record<string, unknown>> | null | undefined): string {
  const answered = placeNames.filter((place) => {
    const said = saidOf(data?.[place]);
    if (new Set(said).size > 1) throw new Error(`Part of ${place}: ${JSON.stringify(data?.[place])}`);
    return said[0] === true;
  });
  return answered.join(' ');
}

/** For every end of a tree whether it says something: null, nothing in a list and a count of 0 do not. */
function saidOf(value: unknown): boolean[] {
  if (value === null || value === undefined || value === 0) return [false];
  if (Array.isArray(value)) return value.length === 0 ? [false] : value.flatMap(saidOf);
  return typeof value === 'object' ? Object.values(value).flatMap(saidOf) : [true];
}
