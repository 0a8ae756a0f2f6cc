import { type Connection, type Model, Schema } from 'mongoose';
import type { UnitCopy, UnitVersionCopy } from '../../schema/events.ts';
import { codesOf } from '../records/subtree.ts';

/**
 * What a subgraph that does not own units keeps of them, to filter and to sum: codes, paths, levels, dates, successors.
 * Each subgraph has a collection of its own (`<subgraph>_units`); the owner's feed keeps it true.
 */
export interface UnitCopyRow extends Omit<UnitCopy, 'id' | 'versions'> {
  readonly _id: string;
  readonly versions: readonly UnitVersionCopy[];
}

const version = new Schema<UnitVersionCopy>(
  {
    path: { type: String, required: true },
    level: { type: String, required: true },
    provinceCode: { type: String, default: null },
    regionCode: { type: String, default: null },
    from: { type: String, required: true },
    before: { type: String, default: null },
  },
  { _id: false },
);

/** Makes the model of a subgraph's copies of units. */
export const unitCopyModel = (connection: Connection, subgraph: string): Model<UnitCopyRow> =>
  connection.model<UnitCopyRow>(
    `${subgraph}.UnitCopy`,
    new Schema<UnitCopyRow>(
      {
        _id: { type: String, required: true },
        code: { type: String, required: true },
        versions: { type: [version], required: true },
        successorId: { type: String, default: null },
        version: { type: Number, required: true },
      },
      { autoIndex: false, versionKey: false },
    )
      .index({ code: 1 }, { unique: true })
      .index({ 'versions.path': 1 })
      .index({ 'versions.level': 1 })
      .index({ successorId: 1 }),
    `${subgraph}_units`,
  );

/** Gives the row of a copy as the owner's feed carries it. */
export const unitCopyRow = ({ id, ...rest }: UnitCopy): UnitCopyRow => ({ _id: id, ...rest });

/** The version that holds on a day; undefined when the unit did not exist then. */
export const versionOn = (unit: Pick<UnitCopyRow, 'versions'>, date: string): UnitVersionCopy | undefined =>
  unit.versions.find(({ from, before }) => from <= date && (before === null || date < before));

/** Today's version, or the last one of a closed unit; before its first day, the first one. */
export const currentVersion = (unit: Pick<UnitCopyRow, 'versions'>, today: string): UnitVersionCopy => {
  const begun = unit.versions.filter(({ from }) => from <= today);
  const current = begun.at(-1) ?? unit.versions[0];
  if (!current) throw new Error('A unit copy without a version.');
  return current;
};

/** Every path that the unit has ever had; facts AS_REPORTED lie under one of them. */
export const pathsOf = (unit: Pick<UnitCopyRow, 'versions'>): string[] => [
  ...new Set(unit.versions.map(({ path }) => path)),
];

/**
 * Gives where a unit's facts stand in the tree of a day: the path of the unit itself, or of the primary FULL successor
 * that lives on that day; null (unallocated) when the line of successors ends before it.
 */
export function pathAsOf(
  unit: UnitCopyRow,
  date: string,
  byId: ReadonlyMap<string, UnitCopyRow>,
): string | null {
  const seen = new Set<string>();
  let current: UnitCopyRow | undefined = unit;
  while (current && !seen.has(current._id)) {
    seen.add(current._id);
    const found = versionOn(current, date);
    if (found) return found.path;
    const first = current.versions[0];
    if (first && date < first.from) return null;
    current = current.successorId === null ? undefined : byId.get(current.successorId);
  }
  return null;
}

/** The longest path that both lie under; `/` when they share nothing. */
export function commonAncestor(a: string, b: string): string {
  const other = codesOf(b);
  const codes = codesOf(a);
  const end = codes.findIndex((code, index) => code !== other[index]);
  const shared = end === -1 ? codes : codes.slice(0, end);
  return shared.length === 0 ? '/' : `/${shared.join('/')}/`;
}
