import { setTimeout } from 'node:timers/promises';
import type { ClientSession, Connection, Model } from 'mongoose';
import type { Journal, OutboxRow, PositionRow } from '../command/journal.ts';
import { type Follow, positionOf } from '../feed/consumer.ts';
import { readPipeline, readRows } from '../read.ts';
import type { AnyCube } from './definition.ts';
import { rebuild } from './rebuild.ts';
import { recount } from './recount.ts';
import { type CubeState, cubeStateModel, type Shelf, type ShelfName, shelvesOf } from './shelf.ts';

/** A cube as one request reads it. */
export interface ReadableCube {
  readonly cells: Shelf['cells'];
}

/** A cube of which is known how true it is. */
export interface DatedCube extends ReadableCube {
  /** The same version gives the same sums. */
  readonly version: string;
  /** The instant that the sums are true of: that of the request, or of the first change that is not counted yet. */
  readonly trueAt: Date;
  readonly lagSeconds: number;
}

interface CubesOptions<Models> {
  readonly connection: Connection;
  readonly subgraph: string;
  readonly journal: Journal;
  readonly models: Models;
  readonly cubes: readonly AnyCube<Models>[];
}

/** The request that a cube is read for. */
interface CubeReader {
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

const standing = { shelf: 1, shape: 1 } as const;
const WAIT_MS = 500;

type Shelves = Readonly<Record<ShelfName, Shelf>>;

/** The cubes of one subgraph: their collections, what fills them and what reads them. */
export class Cubes<Models> {
  readonly #options: CubesOptions<Models>;
  readonly #shelves: ReadonlyMap<string, Shelves>;
  readonly #states: Model<CubeState>;

  constructor(options: CubesOptions<Models>) {
    const { connection, subgraph, cubes } = options;
    this.#options = options;
    this.#shelves = new Map(cubes.map((cube) => [cube.name, shelvesOf(connection, subgraph, cube)]));
    this.#states = cubeStateModel(connection, subgraph);
  }

  /** All collections, for their indexes to be built. */
  get models(): Model<never>[] {
    const { cubes } = this.#options;
    if (cubes.length === 0) return [];
    const shelves = cubes.flatMap((cube) => Object.values(this.#shelvesOf(cube)));
    return [this.#states, ...shelves.flatMap(({ cells, counted }) => [cells, counted])] as never;
  }

  /**
   * Opens a cube to read, by one command; null while it was never built, or was built of another shape: then the rows
   * themselves must be read.
   */
  async open(cube: AnyCube<Models>, { signal }: Pick<CubeReader, 'signal'>): Promise<ReadableCube | null> {
    const filter = { _id: cube.name };
    const [state] = await readRows<CubeState>({ model: this.#states, filter, projection: standing, signal });
    return this.#readable(cube, state);
  }

  /** Opens a cube as {@link open} does, also by one command, and finds out of which instant it is true. */
  async openDated(cube: AnyCube<Models>, { now, signal }: CubeReader): Promise<DatedCube | null> {
    const { journal, subgraph } = this.#options;
    const pipeline = datedPipeline(cube.name, journal, subgraph);
    const [state] = await readPipeline<DatedState>({ model: this.#states, pipeline, signal });
    const readable = this.#readable(cube, state);
    if (!readable || !state) return null;
    const trueAt = trueInstant(state, now);
    return {
      ...readable,
      version: `${cube.name}-${state.built}-${state.position[0]?.seq ?? 0}`,
      trueAt,
      lagSeconds: Math.ceil((now.getTime() - trueAt.getTime()) / 1_000),
    };
  }

  #readable(cube: AnyCube<Models>, state: CubeState | undefined): ReadableCube | null {
    if (state?.shape !== cube.shape) return null;
    return { cells: this.#shelvesOf(cube)[state.shelf].cells };
  }

  /** What keeps the cubes true: the subgraph's own events, read like those of others. */
  follows(): Follow<Models>[] {
    const { subgraph, cubes } = this.#options;
    if (cubes.length === 0) return [];
    return [
      {
        source: subgraph,
        apply: async (models, events, session) => {
          for (const cube of cubes) {
            const own = events.filter(({ type }) => type === cube.type).map(({ entityId }) => entityId);
            const touched = (await cube.touched?.(models, events, session)) ?? [];
            await this.#recount(cube, [...own, ...touched], session);
          }
        },
      },
    ];
  }

  /** Lets the rows that a follower of units moves be counted anew, in the transaction that moves them. */
  alsoMoving(follow: Follow<Models>): Follow<Models> {
    const cubes = this.#options.cubes.filter(({ unitId }) => unitId);
    const { moving } = follow;
    if (!moving || cubes.length === 0) return follow;
    return {
      ...follow,
      apply: async (models, events, session, today) => {
        await follow.apply(models, events, session, today);
        const units = await moving(models, events, session);
        for (const cube of cubes)
          await this.#recount(cube, await this.#rowsOf(cube, units, session), session);
      },
    };
  }

  /** Builds cubes anew: all, or those that `wanted` names. Gives the names of those that were built. */
  async rebuild(
    wanted: (cube: AnyCube<Models>) => boolean,
    onRows?: (count: number) => void,
  ): Promise<string[]> {
    const built: string[] = [];
    for (const cube of this.#options.cubes.filter(wanted)) {
      const work = { ...this.#options, cube, shelves: this.#shelvesOf(cube), states: this.#states, onRows };
      if (await rebuild(work)) built.push(cube.name);
    }
    return built;
  }

  /**
   * Builds all cubes after rows came in that no event tells of; a build that another process has begun saw too few of them,
   * and is waited for.
   */
  async rebuildLoaded(onRows?: (count: number) => void): Promise<void> {
    const left = new Set(this.#options.cubes.map(({ name }) => name));
    while (left.size > 0) {
      for (const name of await this.rebuild((cube) => left.has(cube.name), onRows)) left.delete(name);
      if (left.size > 0) await setTimeout(WAIT_MS);
    }
  }

  /** Builds what was never built, or is of another shape. */
  async rebuildMissing(): Promise<string[]> {
    const states = new Map((await this.#states.find().lean()).map((state) => [state._id, state]));
    return this.rebuild(({ name, shape }) => states.get(name)?.shape !== shape);
  }

  async #recount(cube: AnyCube<Models>, ids: readonly string[], session: ClientSession): Promise<void> {
    if (ids.length === 0) return;
    const state = await this.#states.findById(cube.name, {}, { session }).lean();
    if (!state || state.shape !== cube.shape) return;
    const shelf = this.#shelvesOf(cube)[state.shelf];
    await recount({ cube, models: this.#options.models, shelf, session }, ids);
  }

  async #rowsOf(cube: AnyCube<Models>, units: readonly string[], session: ClientSession): Promise<string[]> {
    const { unitId } = cube;
    if (units.length === 0 || unitId === undefined) return [];
    const rows = await cube
      .rows(this.#options.models)
      .find({ [unitId]: { $in: units } } as never, { _id: 1 }, { session })
      .lean<{ _id: string }[]>();
    return rows.map(({ _id }) => _id);
  }

  #shelvesOf(cube: AnyCube<Models>): Shelves {
    const shelves = this.#shelves.get(cube.name);
    if (!shelves) throw new Error(`The cube ${cube.name} is not one of ${this.#options.subgraph}.`);
    return shelves;
  }
}

interface DatedState extends CubeState {
  readonly position: readonly Pick<PositionRow, 'seq' | 'caughtUpAt'>[];
  readonly last: readonly Pick<OutboxRow, 'seq'>[];
  readonly unnumbered: readonly Pick<OutboxRow, 'at'>[];
}

/** Reads where a cube stands, how far it has followed the events, the last of these, and the first without a number. */
const datedPipeline = (cube: string, { positions, outbox }: Journal, subgraph: string) => [
  { $match: { _id: cube } },
  lookUp('position', positions.collection.name, [
    { $match: { _id: positionOf(subgraph) } },
    { $project: { seq: 1, caughtUpAt: 1 } },
  ]),
  lookUp('last', outbox.collection.name, [
    { $match: { seq: { $gt: 0 } } },
    { $sort: { seq: -1 } },
    { $limit: 1 },
    { $project: { seq: 1 } },
  ]),
  lookUp('unnumbered', outbox.collection.name, [
    { $match: { pending: true } },
    { $sort: { at: 1 } },
    { $limit: 1 },
    { $project: { at: 1 } },
  ]),
];

const lookUp = (as: string, from: string, pipeline: object[]) => ({ $lookup: { from, pipeline, as } });

/** With events that are not counted yet, the instant when the follower last came to the end of them. */
function trueInstant(
  { position: [position], last: [last], unnumbered: [first], builtAt }: DatedState,
  now: Date,
) {
  const behind = (last?.seq ?? 0) > (position?.seq ?? 0);
  const instants = [now, ...(behind ? [position?.caughtUpAt ?? builtAt] : []), ...(first ? [first.at] : [])];
  return instants.reduce((earliest, instant) => (instant < earliest ? instant : earliest));
}
