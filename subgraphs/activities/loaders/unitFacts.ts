import { countUnder } from '../../records/countUnder.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';

/** How many records stand at or under a path: what a change of units makes move along. */
export interface UnitFactsReads {
  readonly supportActivities: (path: string) => Promise<number>;
  readonly houses: (path: string) => Promise<number>;
}

/** Makes the counts; all paths of a tick are one command each. */
export const unitFactsReads = ({ models, signal }: RequestScope<Models>): UnitFactsReads => ({
  supportActivities: countUnder({ model: models.activities, path: 'unitPath', signal }),
  houses: countUnder({ model: models.houses, path: 'unitPath', signal }),
});
