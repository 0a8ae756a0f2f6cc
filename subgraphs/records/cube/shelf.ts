import { createHash } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import type { AnyCube } from './definition.ts';

/**
 * A cube stands on one of two shelves: while it is built anew on the other one, readers and writers go on with the first,
 * and a single write says where it stands from then on.
 */
export type ShelfName = 'a' | 'b';

export const otherShelf = (name: ShelfName): ShelfName => (name === 'a' ? 'b' : 'a');

/** A cell as stored: the hash of its name, its keys, how many rows it counts, its sums. */
export interface CellRow {
  readonly _id: string;
  readonly rows: number;
  readonly [field: string]: unknown;
}

/** A row as it was counted last: what has to be taken away again when it changes. */
export interface CountedAs {
  readonly _id: string;
  readonly [field: string]: unknown;
}

export interface Shelf {
  readonly name: ShelfName;
  readonly cells: Model<CellRow>;
  readonly counted: Model<CountedAs>;
}

/** Where a cube stands; `built` counts how often it was built anew. */
export interface CubeState {
  readonly _id: string;
  readonly shelf: ShelfName;
  readonly shape: number;
  readonly built: number;
  readonly builtAt: Date;
}

export const cellId = (name: string): string =>
  createHash('sha256').update(name).digest('base64url').slice(0, 22);

const open = { strict: false, autoIndex: false, versionKey: false } as const;

/** Makes the models of both shelves of a cube; opens nothing. */
export function shelvesOf(connection: Connection, subgraph: string, cube: AnyCube): Record<ShelfName, Shelf> {
  const shelf = (name: ShelfName): Shelf => {
    const model = <Row>(what: string, schema: Schema<Row>): Model<Row> =>
      connection.model<Row>(
        `${subgraph}.${cube.name}.${what}.${name}`,
        schema,
        `${subgraph}_${cube.name}_${what}_${name}`,
      );
    const cells = new Schema<CellRow>({ _id: { type: String, required: true }, rows: Number }, open);
    for (const [index, partial] of cube.indexes) {
      cells.index(index, partial ? { partialFilterExpression: partial } : {});
    }
    const counted = new Schema<CountedAs>({ _id: { type: String, required: true } }, open);
    if (cube.unitId) counted.index({ [cube.unitId]: 1 });
    return { name, cells: model('cells', cells), counted: model('counted', counted) };
  };
  return { a: shelf('a'), b: shelf('b') };
}

const state = new Schema<CubeState>(
  { _id: { type: String, required: true }, shelf: String, shape: Number, built: Number, builtAt: Date },
  { autoIndex: false, versionKey: false },
);

/** Makes the model that says where each cube of a subgraph stands. */
export const cubeStateModel = (connection: Connection, subgraph: string): Model<CubeState> =>
  connection.model<CubeState>(`${subgraph}.Cube`, state, `${subgraph}_cubes`);
