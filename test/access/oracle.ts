import type { Connection } from 'mongoose';
import type { Viewer } from '../../server/viewer.ts';
import type { Pools } from './operations.ts';

/** Which row of which type a viewer may read, by DOMAIN §5.9 and what is stored: written by hand, apart from the code. */

interface Stored {
  readonly _id: string;
  readonly [field: string]: unknown;
}

/** All rows of a database that the matrix speaks of. */
export interface World {
  readonly pools: Pools;
  /** The paths that rows stand at, each as often as rows do. */
  readonly paths: readonly string[];
  readonly row: (type: string, id: string) => Stored | undefined;
}

const collections: Readonly<Record<string, string>> = {
  SupportActivity: 'activities_activities',
  HouseProject: 'activities_houses',
  Beneficiary: 'activities_deliveries',
  Campaign: 'campaigns_campaigns',
  ContentItem: 'campaigns_contentItems',
  Indicator: 'campaigns_indicators',
  IndicatorTarget: 'campaigns_targets',
  Participation: 'campaigns_participations',
  Article: 'campaigns_articles',
  ProgressReport: 'campaigns_reports',
  AwardDossier: 'awards_dossiers',
  Award: 'awards_awards',
};

/** The audits of records whose place stands in the record itself. */
const audits = ['campaigns', 'activities', 'awards'] as const;

/** Reads every row of the matrix. */
export async function readWorld(connection: Connection, unitCodes: readonly string[]): Promise<World> {
  const rows = new Map<string, Map<string, Stored>>();
  for (const [type, collection] of Object.entries(collections)) {
    const all = await connection.collection<Stored>(collection).find().toArray();
    if (all.length === 0) throw new Error(`The seed has no ${collection}.`);
    rows.set(type, new Map(all.map((row) => [row._id, row])));
  }
  const entries: Record<string, Stored[]> = {};
  for (const name of audits) {
    const all = await connection.collection<Stored>(`${name}_audit`).find().toArray();
    entries[name] = all.filter(({ type }) => placeIn(String(type)));
  }
  rows.set(
    'AuditEntry',
    new Map(
      Object.values(entries)
        .flat()
        .map((entry) => [entry._id, entry]),
    ),
  );
  const audited = (name: (typeof audits)[number]) => (entries[name] ?? []).map(subjectOf);
  const of = (type: string, field = '_id') =>
    [...(rows.get(type)?.values() ?? [])].map((row) => String(row[field]));
  return {
    row: (type, id) => rows.get(type)?.get(id),
    paths: ['SupportActivity', 'ProgressReport', 'AwardDossier', 'Campaign'].flatMap((type) =>
      of(type, 'scopePath'),
    ),
    pools: {
      activity: of('SupportActivity'),
      activityCode: of('SupportActivity', 'code'),
      house: of('HouseProject'),
      award: of('Award'),
      dossier: of('AwardDossier'),
      dossierNumber: of('AwardDossier', 'number'),
      campaign: of('Campaign', 'code'),
      contentItem: of('ContentItem'),
      contentItemAddress: of('ContentItem', 'address'),
      indicator: of('Indicator'),
      report: of('ProgressReport'),
      article: of('Article'),
      auditedCampaign: audited('campaigns'),
      auditedActivity: audited('activities'),
      auditedAward: audited('awards'),
      unit: [...unitCodes, ...of('SupportActivity', 'unitCode')],
    },
  };
}

const published = ['PUBLISHED', 'ACTIVE', 'CLOSED', 'SUMMARISED'];

/** "RW own unit" of officers, "R subtree" of commanders, "R" of the ministry. */
function ofTheForce({ role, unitPath }: Viewer, path: unknown): boolean {
  if (role === 'MINISTRY') return true;
  if (unitPath === null) return false;
  if (role === 'OFFICER') return path === unitPath;
  return role === 'COMMANDER' && String(path).startsWith(unitPath);
}

/** The record that an entry of an audit is about. */
const subjectOf = ({ entityIds }: Stored): string => String((entityIds as string[])[0]);

/** The types whose records know their place. */
const placeIn = (type: string): boolean =>
  [
    'Campaign',
    'ProgressReport',
    'SupportActivity',
    'HouseProject',
    'Beneficiary',
    'AwardDossier',
    'Award',
  ].includes(type);

/** Whether the viewer may read the row; undefined for types that the matrix leaves open to everybody. */
export function allows(world: World, viewer: Viewer, type: string, id: string): boolean | undefined {
  if (type === 'UnitMergeProposal') return viewer.role === 'MINISTRY' || viewer.role === 'ADMIN';
  if (type === 'AuditEntry') {
    const entry = world.row(type, id);
    return entry && allowsAudit(world, viewer, String(entry.type), subjectOf(entry));
  }
  const kind = type === 'SupportActivityChange' ? 'SupportActivity' : type;
  if (!(kind in collections) || kind === 'Award') return undefined;
  const row = world.row(kind, id);
  if (!row) throw new Error(`${type} ${id} is nowhere in the database.`);
  return mayRead[kind]?.(row, viewer, world);
}

type Rule = (row: Stored, viewer: Viewer, world: World) => boolean;

const activity: Rule = ({ scopePath }, viewer) => ofTheForce(viewer, scopePath);
const ofCampaign: Rule = ({ campaignId }, viewer, world) =>
  allows(world, viewer, 'Campaign', String(campaignId)) === true;

const mayRead: Readonly<Record<string, Rule>> = {
  SupportActivity: activity,
  HouseProject: activity,
  Beneficiary: ({ activityId }, { role, unitPath }, world) =>
    (role === 'OFFICER' || role === 'COMMANDER') &&
    world.row('SupportActivity', String(activityId))?.scopePath === unitPath,
  ProgressReport: ({ scopePath }, viewer) => ofTheForce(viewer, scopePath),
  AwardDossier: ({ scopePath, proposerPath }, viewer) =>
    ofTheForce(viewer, scopePath) || (viewer.role === 'OFFICER' && proposerPath === viewer.unitPath),
  Campaign: ({ status, scopePath }, viewer) =>
    published.includes(String(status)) || ofTheForce(viewer, scopePath),
  ContentItem: ofCampaign,
  Indicator: ofCampaign,
  IndicatorTarget: ({ indicatorId }, viewer, world) =>
    allows(world, viewer, 'Indicator', String(indicatorId)) === true,
  Participation: ofCampaign,
  Article: ofCampaign,
};

/** Whether the viewer may read who the person of an award or dossier is: inside the subtree, or with consent. */
export function allowsName(world: World, viewer: Viewer, type: string, id: string): boolean {
  const row = world.row(type, id);
  const { consented } = (row?.recipient ?? {}) as { consented?: boolean };
  const stands =
    type === 'Award' ? row?.status !== 'REVOKED' : ['DECIDED', 'CONFERRED'].includes(String(row?.state));
  if (consented && stands) return true;
  if (viewer.role === 'MINISTRY') return true;
  const inForce = viewer.role === 'OFFICER' || viewer.role === 'COMMANDER';
  return inForce && viewer.unitPath !== null && String(row?.scopePath).startsWith(viewer.unitPath);
}

/** Whether the viewer may read what was done to a row. */
export const allowsAudit = (world: World, viewer: Viewer, type: string, id: string): boolean =>
  viewer.role === 'ADMIN' || withinForce(world, viewer, type, id);

/** Whether the viewer may read the values and reasons of an entry: those who read such a record in every state of it. */
export function allowsValues(world: World, viewer: Viewer, entryId: string): boolean {
  const entry = world.row('AuditEntry', entryId);
  if (!entry) return true;
  const id = subjectOf(entry);
  if (entry.type === 'Beneficiary') return allows(world, viewer, 'Beneficiary', id) === true;
  return withinForce(world, viewer, String(entry.type), id);
}

/** Whether a row stands in the viewer's part of the tree; a household where its activity does. */
function withinForce(world: World, viewer: Viewer, type: string, id: string): boolean {
  const row = world.row(type, id);
  if (type === 'Beneficiary') return withinForce(world, viewer, 'SupportActivity', String(row?.activityId));
  const proposed = viewer.role === 'OFFICER' && type === 'AwardDossier' ? row?.proposerPath : undefined;
  return ofTheForce(viewer, row?.scopePath) || (proposed !== undefined && proposed === viewer.unitPath);
}
