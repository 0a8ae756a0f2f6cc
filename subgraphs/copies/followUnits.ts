import type { AnyBulkWriteOperation, ClientSession, Model, mongo } from 'mongoose';
import { type DomainEvent, type UnitCopy, unitCopy } from '../../schema/events.ts';
import type { Follow } from '../records/feed/consumer.ts';
import { type Standing, standingOf, withSuccessors } from './standing.ts';
import { type UnitCopyRow, unitCopyRow } from './units.ts';

/**
 * Records of a subgraph that know where a unit stands today. `pathAtEvent` is never among them: what was reported stays
 * as it was reported (HOUSE, Decisions, Paths of a fact).
 */
export interface Placement {
  // biome-ignore lint/suspicious/noExplicitAny: only the named fields are read and written
  readonly model: Model<any>;
  /** The field that holds the unit's id; an index begins with it. */
  readonly unitId: string;
  /** The field for the unit's own path of today, or its last. */
  readonly unitPath?: string;
  /** The field for the path of its living primary FULL successor: who may see and write the record. */
  readonly scopePath: string;
}

interface WithUnits {
  readonly units: Model<UnitCopyRow>;
}

/**
 * Makes what a subgraph does with the events of units: it takes newer copies, and moves its records to where their units,
 * or the successors of these, stand now.
 */
export const followUnits = <Models extends WithUnits>(
  placements: (models: Models) => readonly Placement[],
): Follow<Models> => ({
  source: 'units',
  apply: async (models, events, session, today) => {
    const copies = latestCopies(events);
    if (copies.length === 0) return;
    await takeNewer(models.units, copies, session);
    const ids = copies.map(({ id }) => id);
    const affected = await withPredecessors(models.units, ids, session);
    const byId = await withSuccessors(affected, (some) =>
      models.units.find({ _id: { $in: some } }, {}, { session }).lean<UnitCopyRow[]>(),
    );
    const places = affected.map((unit) => ({ id: unit._id, ...standingOf(unit, today, byId) }));
    for (const placement of placements(models)) await moveRecords(placement, places, session);
  },
  moving: async (models, events, session) => {
    const ids = latestCopies(events).map(({ id }) => id);
    return (await withPredecessors(models.units, ids, session)).map(({ _id }) => _id);
  },
});

/** A later event of the same unit makes the earlier ones of a batch needless. */
function latestCopies(events: readonly DomainEvent[]): UnitCopy[] {
  const latest = new Map<string, UnitCopy>();
  for (const { type, copy } of events) {
    if (type !== 'Unit' || copy === null) continue;
    const next = unitCopy.parse(copy);
    if (next.version > (latest.get(next.id)?.version ?? 0)) latest.set(next.id, next);
  }
  return [...latest.values()];
}

async function takeNewer(
  units: WithUnits['units'],
  copies: readonly UnitCopy[],
  session: ClientSession,
): Promise<void> {
  const known = await units
    .find({ _id: { $in: copies.map(({ id }) => id) } }, { version: 1 }, { session })
    .lean<Pick<UnitCopyRow, '_id' | 'version'>[]>();
  const versions = new Map(known.map(({ _id, version }) => [_id, version]));
  const newer = copies.filter(({ id, version }) => version > (versions.get(id) ?? 0)).map(unitCopyRow);
  if (newer.length === 0) return;
  await (units.collection as unknown as mongo.Collection<UnitCopyRow>).bulkWrite(
    newer.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
    { session },
  );
}

/** The units and all whose records follow them: those they took over, and what these took over before. */
async function withPredecessors(
  units: WithUnits['units'],
  ids: readonly string[],
  session: ClientSession,
): Promise<UnitCopyRow[]> {
  const found = new Map<string, UnitCopyRow>();
  let next = await units.find({ _id: { $in: ids } }, {}, { session }).lean<UnitCopyRow[]>();
  while (next.length > 0) {
    for (const unit of next) found.set(unit._id, unit);
    const successorId = { $in: next.map(({ _id }) => _id) };
    const before = await units.find({ successorId }, {}, { session }).lean<UnitCopyRow[]>();
    next = before.filter(({ _id }) => !found.has(_id));
  }
  return [...found.values()];
}

interface Place extends Standing {
  readonly id: string;
}

async function moveRecords(
  { model, unitId, unitPath, scopePath }: Placement,
  places: readonly Place[],
  session: ClientSession,
): Promise<void> {
  const moves = places.map((place): AnyBulkWriteOperation<mongo.Document> => {
    const now = { [scopePath]: place.scopePath, ...(unitPath ? { [unitPath]: place.unitPath } : {}) };
    const elsewhere = Object.entries(now).map(([field, path]) => ({ [field]: { $ne: path } }));
    return { updateMany: { filter: { [unitId]: place.id, $or: elsewhere }, update: { $set: now } } };
  });
  await model.collection.bulkWrite(moves as never, { session });
}
