import type { Viewer } from '../../server/viewer.ts';
import { allows, allowsAudit, allowsName, allowsValues, type World } from './oracle.ts';

/** Finds what is wrong with an answer, beside the answer to the same question of somebody who sees all. */

type Json = unknown;
type Tree = Readonly<Record<string, Json>>;

/** The row that something stands in. */
interface Owner {
  readonly type: string;
  readonly id: string;
}

interface Walk {
  readonly world: World;
  readonly viewer: Viewer;
  readonly fault: (path: readonly (string | number)[], what: string) => void;
}

/** Null with an error for those who may read no rows of a kind, or none here. */
const mayBeNull = new Set([
  'supportActivities',
  'supportActivitiesByCode',
  'supportActivityChanges',
  'houseProjects',
  'awardDossiers',
  'unitMergeProposals',
  'progressReports',
  'completeness',
  'beneficiaries',
  'audit',
  'campaignAudit',
  'activityAudit',
  'awardAudit',
  'evidence',
]);
const names = new Set(['displayName', 'ref', 'rank']);
const unknown = Symbol('not to be compared');

/** Gives the faults of an answer, each with its place. */
export function faultsOf(world: World, viewer: Viewer, open: Json, seen: Json): string[] {
  const faults: string[] = [];
  const fault = (path: readonly (string | number)[], what: string) =>
    faults.push(`${path.join('.')}: ${what}`);
  walk({ world, viewer, fault }, [], null, open, seen);
  return faults;
}

type Place = readonly (string | number)[];
type Compared = Json | typeof unknown;

function walk(way: Walk, path: Place, owner: Owner | null, open: Compared, seen: Json): void {
  if (seen === null || seen === undefined) missing(way, path, open);
  else if (Array.isArray(seen)) walkList(way, path, owner, open, seen);
  else if (typeof seen === 'object') walkObject(way, path, owner, open, seen as Tree);
  else if (open !== unknown && open !== seen) way.fault(path, `${seen} where ${open} stands`);
}

/** Hits of a search are those that fit best of what the viewer sees: other ones than somebody else's. */
function walkList(way: Walk, path: Place, owner: Owner | null, open: Compared, seen: readonly Json[]): void {
  const pairs = Array.isArray(open) && open.length === seen.length ? open : null;
  const hits = path.at(-1) === 'searchCampaigns';
  if (Array.isArray(open) && !pairs && !hits) way.fault(path, `${seen.length} of ${open.length}`);
  for (const [index, each] of seen.entries())
    walk(way, [...path, index], owner, pairs && !hits ? pairs[index] : unknown, each);
}

function walkObject(way: Walk, path: Place, owner: Owner | null, open: Compared, seen: Tree): void {
  const own = rowOf(seen);
  if (own && allows(way.world, way.viewer, own.type, own.id) === false)
    way.fault(path, `${own.type} ${own.id} is not for ${way.viewer.role} ${way.viewer.unitPath}`);
  const within = own ?? owner;
  guardKey(way, path, within);
  const beside = open === null || open === undefined ? unknown : open;
  if (open === null && path.at(-1) !== 'beneficiaries')
    way.fault(path, 'is nothing for somebody who sees all');
  if (Array.isArray(seen.nodes) && beside !== unknown) {
    walkPage(way, path, within, beside as Tree, seen as Tree & { nodes: Json[] });
    return;
  }
  for (const [key, value] of Object.entries(seen)) {
    const other = beside === unknown ? unknown : (beside as Tree)[key];
    const person = seen.__typename === 'PersonRecipient' && names.has(key) ? within : null;
    const entry = within?.type === 'AuditEntry' && isHeldBack(way, within.id, key);
    if (entry) {
      if (value !== null) way.fault([...path, key], `${value} is not for ${way.viewer.role}`);
    } else if (person && !allowsName(way.world, way.viewer, person.type, person.id))
      isHidden(way, [...path, key], value);
    else walk(way, [...path, key], within, other, value);
  }
}

/** A page holds what the whole page holds without the rows that are not the viewer's, and counts those alone. */
function walkPage(
  way: Walk,
  path: Place,
  owner: Owner | null,
  open: Tree,
  seen: Tree & { nodes: Json[] },
): void {
  const isWhole = open.caughtUp === true || (open.pageInfo as Tree | undefined)?.hasNextPage === false;
  if (!isWhole) {
    walk(way, [...path, 'nodes'], owner, unknown, seen.nodes);
    return;
  }
  const mine = (open.nodes as Json[]).filter((node) => {
    const row = rowOf(node);
    return !row || allows(way.world, way.viewer, row.type, row.id) !== false;
  });
  walk(way, [...path, 'nodes'], owner, mine, seen.nodes);
  const counts = 'totalCount' in seen && seen.totalCount !== mine.length;
  if (counts) way.fault([...path, 'totalCount'], `${seen.totalCount} for ${mine.length} rows`);
}

/** Streams for whoever keeps a copy, which takes an account. */
const forAccounts = new Set(['unitChanges', 'campaignChanges', 'awardChanges']);

/** Nothing is right where the row is not the viewer's, where the field may be null, and where nothing stands. */
function missing(way: Walk, path: Place, open: Compared): void {
  if (open === null || open === undefined || open === unknown) return;
  const key = String(path.at(-1));
  if (mayBeNull.has(key)) return;
  if (forAccounts.has(key) && way.viewer.role === 'PUBLIC') return;
  const row = rowOf(open);
  if (row && allows(way.world, way.viewer, row.type, row.id) === false) return;
  way.fault(path, `nothing where ${JSON.stringify(open).slice(0, 80)} stands`);
}

function guardKey(way: Walk, path: Place, owner: Owner | null): void {
  if (path.at(-1) === 'audit' && owner && !allowsAudit(way.world, way.viewer, owner.type, owner.id))
    way.fault(
      path,
      `the audit of ${owner.type} ${owner.id} is not for ${way.viewer.role} ${way.viewer.unitPath}`,
    );
}

/** Whether what an entry of an audit says is kept from the viewer, who may read the entry. */
function isHeldBack({ world, viewer }: Walk, entryId: string, key: string): boolean {
  if (key === 'records') return !['MINISTRY', 'ADMIN'].includes(viewer.role);
  return ['reason', 'before', 'after'].includes(key) && !allowsValues(world, viewer, entryId);
}

function isHidden(way: Walk, path: Place, value: Json): void {
  if (value !== null) way.fault(path, `${value} names a person to ${way.viewer.role} ${way.viewer.unitPath}`);
}

function rowOf(value: Json): Owner | null {
  const { __typename: type, id } = (value ?? {}) as { __typename?: string; id?: string };
  return type !== undefined && id !== undefined ? { type, id } : null;
}
