import type { SeedDoors } from '../../database/seed/seed.ts';
import type { Work } from '../../subgraphs/work.ts';

export type DoorName = keyof SeedDoors;
export const names = ['units', 'campaigns', 'activities', 'awards'] as const satisfies readonly DoorName[];

/** Starts what goes on behind four doors in one process: each reads the others' feeds by a call. */
export const startBehind = (doors: SeedDoors): Work[] =>
  names.map((name) =>
    doors[name].start({
      feedOf: (source) => doors[source as DoorName],
      onError: (error, work) => console.error(`${name}: ${work} failed`, error),
    }),
  );

/** Whether every event is numbered and every copy has applied it. */
export async function isSettled(doors: SeedDoors): Promise<boolean> {
  const states = await Promise.all(names.map(async (name) => [name, await doors[name].status()] as const));
  const ends = new Map<string, number>(states.map(([name, { lastSeq }]) => [name, lastSeq]));
  return states.every(
    ([, { pending, follows }]) =>
      pending === 0 && follows.every(({ source, position }) => position >= (ends.get(source) ?? 0)),
  );
}
