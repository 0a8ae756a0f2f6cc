import type { Viewer } from '../../server/viewer.ts';
import type { CommandRunner } from '../records/command/runCommand.ts';
import type { RequestScope } from '../subgraph.ts';
import { areaLoaders } from './loaders/areas.ts';
import { type AuditReads, auditReads } from './loaders/audits.ts';
import { childCountLoader } from './loaders/childCounts.ts';
import { eventLoaders } from './loaders/events.ts';
import { mergeProposalLoaders } from './loaders/mergeProposals.ts';
import { onDateLoaders } from './loaders/onDate.ts';
import { type SearchArgs, searchUnits } from './loaders/search.ts';
import { unitLoaders } from './loaders/units.ts';
import type { Models } from './model/models.ts';

/** What the resolvers of one fetch work with: its day, and the roads to the data. Units are open to every viewer. */
export interface Context extends AuditReads {
  readonly today: string;
  readonly viewer: Viewer;
  readonly units: ReturnType<typeof unitLoaders>;
  readonly onDate: ReturnType<typeof onDateLoaders>;
  readonly childCount: ReturnType<typeof childCountLoader>;
  readonly events: ReturnType<typeof eventLoaders>;
  readonly areas: ReturnType<typeof areaLoaders>;
  readonly mergeProposals: ReturnType<typeof mergeProposalLoaders>;
  readonly command: CommandRunner<Models>;
  readonly search: (args: SearchArgs) => ReturnType<typeof searchUnits>;
}

/** Makes the context of one fetch. */
export function createContext(scope: RequestScope<Models>): Context {
  const units = unitLoaders(scope);
  const childCount = childCountLoader(scope);
  return {
    today: scope.today,
    viewer: scope.viewer,
    units,
    onDate: onDateLoaders(scope, {
      isUnit: async (code) => (await units.byCode(code)) !== null,
      childCount,
    }),
    childCount,
    events: eventLoaders(scope),
    areas: areaLoaders(scope),
    mergeProposals: mergeProposalLoaders(scope),
    command: scope.command,
    ...auditReads(scope),
    search: (args) => searchUnits(scope.models, args, scope.signal),
  };
}
