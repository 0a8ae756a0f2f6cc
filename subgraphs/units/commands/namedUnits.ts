import { requireSubtree } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { standingFaults, standingOn } from '../rules/standing.ts';
import { firstVersion, lastVersion } from '../rules/timeline.ts';
import type { UnitAtVersion } from './inputs.ts';
import { type Life, readLives } from './readLives.ts';

/** Where in the arguments a fault lies. */
export type FaultPath = readonly (string | number)[];

/** A unit that an input names, and where it does. */
export interface Naming {
  readonly at: UnitAtVersion;
  readonly path: FaultPath;
}

/**
 * Reads the units that an input names, in its order. Refuses with NOT_FOUND and VERSION_CONFLICT for all of them at
 * once; throws OUT_OF_SUBTREE.
 */
export async function takeUnits<const Namings extends readonly Naming[]>(
  tx: Tx<Models>,
  namings: Namings,
): Promise<{ [Index in keyof Namings]: Life }> {
  const found = await readLives(
    tx,
    namings.map(({ at }) => at.code),
  );
  const taken = namings.flatMap(({ at, path }) => {
    const life = found.get(at.code);
    if (life) return [{ life, at, path }];
    tx.faults.add('NOT_FOUND', { path: [...path, 'code'], params: { type: 'Unit', key: at.code } });
    return [];
  });
  tx.faults.check();
  for (const { life } of taken) requireSubtree(tx.viewer, life.unit.path);
  for (const { life, at, path } of taken) checkVersion(tx, life, at.expectedVersion, path);
  tx.faults.check();
  return taken.map(({ life }) => life) as { [Index in keyof Namings]: Life };
}

function checkVersion(tx: Tx<Models>, { unit }: Life, expected: number, path: FaultPath): void {
  if (unit.version === expected) return;
  tx.faults.add('VERSION_CONFLICT', {
    path: [...path, 'expectedVersion'],
    params: { expected, actual: unit.version },
  });
}

/** Notes why a unit cannot change from a day, see {@link standingFaults}. Says whether it can. */
export const checkChanges = (tx: Tx<Models>, life: Life, on: string, path: FaultPath): boolean =>
  checkStanding(tx, life, on, { part: 'CHANGES', path, code: life.unit.code });

/** Notes why a unit cannot be there for another one (its child, or the unit that it takes over) from a day on. */
export const checkNeeded = (
  tx: Tx<Models>,
  life: Life,
  on: string,
  { path, by }: { readonly path: FaultPath; readonly by: string },
): boolean => checkStanding(tx, life, on, { part: 'IS_NEEDED', path, code: by });

function checkStanding(
  tx: Tx<Models>,
  { unit, versions }: Life,
  on: string,
  {
    part,
    path,
    code,
  }: { readonly part: 'CHANGES' | 'IS_NEEDED'; readonly path: FaultPath; readonly code: string },
): boolean {
  const fault = standingFaults[standingOn(versions, on)][part];
  if (fault === null) return true;
  const last = lastVersion(versions);
  const { from } = firstVersion(versions);
  const params = {
    UNIT_PERIOD_OVERLAP: { code: unit.code, on, since: last.before ?? last.from },
    UNIT_PERIOD_GAP: { code, needs: unit.code, from, on },
    UNIT_CLOSED_ON_DATE: { code: unit.code, before: last.before ?? '', on },
  }[fault];
  tx.faults.add(fault, { path, params });
  return false;
}
