import { isDeepStrictEqual } from 'node:util';
import type { Connection } from 'mongoose';
import type { SeedDoors } from '../../database/seed/seed.ts';
import { names } from '../harness/behind.ts';

interface Cell {
  readonly _id: string;
  readonly [field: string]: unknown;
}

type Cubes = ReadonlyMap<string, ReadonlyMap<string, Cell>>;

/** Every cube's cells by their ids, on the shelf that is read. */
async function cubesOf(connection: Connection, subgraph: string): Promise<Cubes> {
  const states = await connection
    .collection<{ _id: string; shelf: string }>(`${subgraph}_cubes`)
    .find()
    .toArray();
  const cubes = new Map<string, Map<string, Cell>>();
  for (const { _id: cube, shelf } of states) {
    const cells = await connection.collection<Cell>(`${subgraph}_${cube}_cells_${shelf}`).find().toArray();
    cubes.set(`${subgraph} ${cube}`, new Map(cells.map((cell) => [cell._id, cell])));
  }
  return cubes;
}

/** Gives the cells that events have led to something else than a cube that is built anew: an event lost, or counted twice. */
export async function wrongCells(connection: Connection, doors: SeedDoors): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of names) {
    const kept = await cubesOf(connection, name);
    await doors[name].rebuild();
    for (const [cube, anew] of await cubesOf(connection, name)) {
      const cells = kept.get(cube) ?? new Map<string, Cell>();
      for (const id of new Set([...cells.keys(), ...anew.keys()]))
        if (!isDeepStrictEqual(cells.get(id), anew.get(id))) wrong.push(`${cube}: cell ${id}`);
    }
  }
  return wrong;
}
