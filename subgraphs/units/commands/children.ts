import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { lastVersion } from '../rules/timeline.ts';
import { checkFollow } from './checks.ts';
import type { FaultPath } from './namedUnits.ts';
import { type Life, readBelow } from './readLives.ts';
import type { Happening } from './writeDraft.ts';

/** A unit that ends, with those that stand below it. */
export interface Ending {
  readonly life: Life;
  readonly below: readonly Life[];
}

/**
 * Reads what stands below a unit that is to end. Notes UNIT_HAS_OPEN_CHILDREN when something does and may not move, and
 * which of them cannot.
 */
export async function endingOf(
  tx: Tx<Models>,
  life: Life,
  on: string,
  { move, path }: { readonly move: boolean; readonly path: FaultPath },
): Promise<Ending> {
  const last = lastVersion(life.versions);
  const below = await readBelow(tx, last.path, last.depth, on);
  const ending = { life, below };
  if (move) checkFollow(tx, below, on, path);
  else if (below.length > 0) {
    const params = { code: life.unit.code, count: childrenOf(ending).length };
    tx.faults.add('UNIT_HAS_OPEN_CHILDREN', { path, params });
  }
  return ending;
}

/** Gives those that stand directly under the unit. */
export const childrenOf = ({ life, below }: Ending): Life[] =>
  below.filter(({ versions }) => lastVersion(versions).parentId === life.unit._id);

/** What happens to the children of units that end: they come to stand under the successor. */
export const childrenMove = (endings: readonly Ending[]): Happening[] =>
  endings.map((ending) => ({ kind: 'MOVE', units: childrenOf(ending).map(({ unit }) => unit) }));
