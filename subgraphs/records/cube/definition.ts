import type { ClientSession, Model } from 'mongoose';
import type { DomainEvent } from '../../../schema/events.ts';
import type { Filter } from '../keyset.ts';
import type { CellRow } from './shelf.ts';
import type { Sums } from './sums.ts';

/** What a row must have to be counted. Its path is what the rows of a build come in the order of. */
export interface CountedRow {
  readonly _id: string;
}

/** What the rows of one cell have in common, and what they add up to. */
export interface Cell {
  /** Says what the rows have in common, in full: cells of the same name are the same cell. */
  readonly name: string;
  /** The same as fields, to be matched and grouped by. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly sums: Sums;
}

/**
 * Hears one cell that a row counts in. `keys` is asked only for a cell that is new. `within` is a path that all its rows lie
 * at or under, by the cube's path; null when they may lie anywhere.
 */
export type AddTo = (name: string, within: string | null, keys: () => Cell['keys'], sums: Sums) => void;

/**
 * A cube: sums over the rows of one collection, kept beside them so that a reader adds up a few cells instead of many rows
 * (DOMAIN §5.8). What it is about is said by one pure function: the cells that one row counts in.
 */
export interface CubeDefinition<Models, Row extends CountedRow> {
  /** Names its collections: `<subgraph>_<name>_cells_a` and so on. */
  readonly name: string;
  /** Counts the changes of what is counted: a cube of another shape is built anew. */
  readonly shape: number;
  /** The type of the events that tell of a change of a row. */
  readonly type: string;
  readonly rows: (models: Models) => Model<Row>;
  /** The fields of a row that it is counted by. */
  readonly fields: Readonly<Record<string, 1>>;
  /** The rows' field with a materialised path; an index begins with it. */
  readonly path: string & keyof Row;
  /** The rows' field with their unit's id; rows of units that moved are counted anew. Absent where no cell depends on it. */
  readonly unitId?: string & keyof Row;
  /** Adds to rows what they are counted by and is kept in other collections, by a number of commands that is always the same. */
  readonly complete?: (
    models: Models,
    rows: readonly Row[],
    session: ClientSession | undefined,
  ) => Promise<readonly Row[]>;
  /** Gives the rows that events of other types change. */
  readonly touched?: (
    models: Models,
    events: readonly DomainEvent[],
    session: ClientSession,
  ) => Promise<readonly string[]>;
  readonly count: (row: Row, add: AddTo) => void;
  /** How the sums of a cell are written and read back where they are too many to be fields: without it, as they are. */
  readonly packing?: {
    readonly pack: (sums: Sums) => Readonly<Record<string, unknown>>;
    readonly unpack: (cell: CellRow) => Sums;
  };
  /** Fields of a cell that are computed from its sums whenever it is written. */
  readonly derive?: (sums: Sums) => Readonly<Record<string, unknown>>;
  readonly indexes: readonly (readonly [Readonly<Record<string, 1 | -1>>, partial?: Filter])[];
}

// biome-ignore lint/suspicious/noExplicitAny: cubes of rows of all kinds stand in one list
export type AnyCube<Models = any> = CubeDefinition<Models, any>;
