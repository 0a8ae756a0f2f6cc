import type { Volumes } from '../volumes.ts';
import { type Draft, draftOf, stageOfHouse } from './draft.ts';
import type { Reporters } from './reportingUnits.ts';

/** How many households each activity lists, and from how many each commune's lists are drawn. */
export interface Lists {
  /** The number of rows of an activity's list. */
  readonly lengthOf: (index: number) => number;
  /** The number of different households that a commune's lists hold. */
  readonly householdsIn: (commune: string | null) => number;
}

const handedOver = ({ house }: Draft): boolean => house !== null && stageOfHouse(house) === 'HANDED_OVER';

/**
 * Shares the rows of all lists out over the activities, so that they add up to the volume exactly, and the households
 * over the communes by what their lists hold.
 */
export function listsOf(volumes: Volumes, reporters: Reporters): Lists {
  const ends = new Float64Array(volumes.activities);
  const lengths = new Uint32Array(volumes.activities);
  let weights = 0;
  let houses = 0;
  for (let index = 0; index < volumes.activities; index += 1) {
    const draft = draftOf(index, volumes, reporters);
    weights += draft.listWeight;
    ends[index] = weights;
    if (handedOver(draft)) {
      lengths[index] = 1;
      houses += 1;
    }
  }
  const rows = Math.max(0, volumes.deliveries - houses);
  const endOf = (index: number): number =>
    index < 0 || weights === 0 ? 0 : Math.floor(((ends[index] ?? 0) * rows) / weights);
  const rowsIn = new Map<string | null, number>();
  for (let index = 0; index < volumes.activities; index += 1) {
    const length = (lengths[index] ?? 0) + endOf(index) - endOf(index - 1);
    lengths[index] = length;
    const { commune } = draftOf(index, volumes, reporters);
    rowsIn.set(commune, (rowsIn.get(commune) ?? 0) + length);
  }
  const share = volumes.deliveries === 0 ? 0 : volumes.households / volumes.deliveries;
  return {
    lengthOf: (index) => lengths[index] ?? 0,
    householdsIn: (commune) => Math.max(1, Math.round((rowsIn.get(commune) ?? 0) * share)),
  };
}
