import { entityNotFound, inputInvalid } from '../../server/errors.ts';
import { codesOf } from '../records/subtree.ts';
import type { Context } from './loaders.ts';
import { Viewer } from './resolvers/viewer.ts';
import { writing } from './resolvers/writing.ts';
import type {
  AdminAreaResolvers,
  QueryResolvers,
  RegionResolvers,
  Resolvers,
  UnitChangeResolvers,
  UnitEventResolvers,
  UnitHitResolvers,
  UnitLinkResolvers,
  UnitOnDateResolvers,
  UnitResolvers,
} from './types.generated.ts';

const MAX_CODES = 100;
const MAX_LEVELS = 10;

const Query: QueryResolvers = {
  viewer: (_, __, { viewer }) => viewer,
  unit: (_, { id, code }, { units }) => {
    if (id != null && code == null) return units.byId(id);
    if (code != null && id == null) return units.byCode(code);
    throw inputInvalid('A unit is asked for by exactly one of id and code.');
  },
  unitsByCode: (_, { codes }, { units }) => {
    if (codes.length > MAX_CODES) throw inputInvalid(`Ask for at most ${MAX_CODES} codes at once.`);
    return Promise.all(codes.map((code) => units.byCode(code)));
  },
  units: (_, args, { units }) => units.list(args),
  searchUnits: (_, args, { search }) => search(args),
  unitTree: (_, { on, ...args }, { onDate, today }) => onDate.tree({ ...args, on: on ?? today }),
  unitLevels: (_, { of, on }, { onDate, today }) => {
    if (of.length > MAX_LEVELS) throw inputInvalid(`Ask for at most ${MAX_LEVELS} levels at once.`);
    return Promise.all(of.map((code) => onDate.level(on ?? today, code)));
  },
  adminArea: (_, { listDate, code }, { areas }) => areas.area(listDate, code),
  adminAreas: (_, args, { areas }) => areas.list(args),
  regions: (_, { on }, { areas, today }) => areas.regions(on ?? today),
  unitChanges: (_, args, { units }) => units.changes(args),
  unitMergeProposal: (_, { id }, { mergeProposals }) => mergeProposals.byId(id),
  unitMergeProposals: (_, args, { mergeProposals }) => mergeProposals.list(args),
  unitAudit: (_, args, { audits }) => audits(args),
};

const Unit: UnitResolvers = {
  __resolveReference: async (reference, { units }) => {
    const { id, code } = reference as { id?: string; code?: string };
    const found = id === undefined ? await units.byCode(code ?? '') : await units.byId(id);
    if (!found) throw entityNotFound('Unit', id ?? code ?? '');
    return found;
  },
  id: ({ _id }) => _id,
  parent: ({ parentId }, _, { units }) => (parentId ? units.byId(parentId) : null),
  ancestors: ({ path }, _, { units }) => Promise.all(codesAbove(path).map(units.knownCode)),
  region: regionOf,
  childCount: ({ _id }, _, { today, childCount }) => childCount(today, _id),
  children: ({ _id }, args, { units }) => units.children(args, _id),
  on: ({ code }, { date }, { onDate }) => onDate.get(date, code),
  versions: ({ code }, _, { onDate }) => onDate.versions(code),
  events: ({ _id }, _, { events }) => events.ofUnit(_id),
  predecessors: ({ _id }, _, { events }) => events.predecessors(_id),
  successors: ({ _id }, _, { events }) => events.successors(_id),
  covers: areasOf,
  audit: ({ _id, path }, args, { audit }) => audit(args, { _id, scopePath: path }),
};

const UnitOnDate: UnitOnDateResolvers = {
  unit: (version, _, { units }) => units.behind(version),
  region: regionOf,
  parent: ({ date, path }, _, { onDate }) => {
    const above = codesAbove(path).at(-1);
    return above === undefined ? null : onDate.get(date, above);
  },
  ancestors: async ({ date, path }, _, { onDate }) => {
    const found = await Promise.all(codesAbove(path).map((code) => onDate.get(date, code)));
    return found.filter((unit) => unit !== null);
  },
  childCount: ({ date, unitId }, _, { childCount }) => childCount(date, unitId),
  children: ({ date, unitId }, args, { onDate }) => onDate.children(date, args, unitId),
  covers: areasOf,
  validFrom: ({ from }) => from,
  validBefore: ({ before }) => before,
};

const codesAbove = (path: string): string[] => codesOf(path).slice(0, -1);

function regionOf({ regionCode }: { regionCode: string | null }, _: object, { areas }: Context) {
  return regionCode === null ? null : areas.region(regionCode);
}

interface Placed {
  readonly adminCode: string | null;
  readonly adminListDate: string | null;
}

/** The place of a unit's day; DOMAIN §3: departments, divisions and teams cover none. */
async function areasOf({ adminCode, adminListDate }: Placed, _: object, { areas }: Context) {
  if (adminCode === null || adminListDate === null) return [];
  const area = await areas.area(adminListDate, adminCode);
  return area ? [area] : [];
}

const UnitEvent: UnitEventResolvers = {
  id: ({ _id }) => _id,
  links: ({ _id }, _, { events }) => events.linksOf(_id),
};

const UnitLink: UnitLinkResolvers = {
  from: ({ fromId }, _, { units }) => units.known(fromId),
  to: ({ toId }, _, { units }) => units.known(toId),
};

const AdminArea: AdminAreaResolvers = {
  __resolveReference: async ({ listDate, code }, { areas }) => {
    const found = await areas.area(listDate, code);
    if (!found) throw entityNotFound('AdminArea', `${listDate} ${code}`);
    return found;
  },
  parent: ({ listDate, parentCode }, _, { areas }) => (parentCode ? areas.area(listDate, parentCode) : null),
  unit: ({ unitId }, _, { units }) => (unitId ? units.byId(unitId) : null),
};

const Region: RegionResolvers = {
  __resolveReference: async ({ code }, { areas }) => {
    const found = await areas.region(code);
    if (!found) throw entityNotFound('Region', code);
    return found;
  },
  code: ({ _id }) => _id,
  existsFrom: ({ from }) => from,
  existsBefore: ({ before }) => before,
};

const UnitHit: UnitHitResolvers = {
  onDate: ({ unit, on }, _, { onDate }) => (on ? onDate.get(on, unit.code) : null),
};

const UnitChange: UnitChangeResolvers = {
  kind: ({ node }) => (node.status === 'CLOSED' ? 'TOMBSTONE' : 'UPSERT'),
  id: ({ node }) => node._id,
  code: ({ node }) => node.code,
  changedAt: ({ node }) => node.updatedAt,
};

export const resolvers: Resolvers = {
  Query,
  Viewer,
  Unit,
  UnitOnDate,
  UnitEvent,
  UnitLink,
  AdminArea,
  Region,
  UnitHit,
  UnitChange,
  ...writing,
};
