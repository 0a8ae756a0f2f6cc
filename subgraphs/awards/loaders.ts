import type { Viewer } from '../../server/viewer.ts';
import type { CommandRunner } from '../records/command/runCommand.ts';
import { once } from '../records/once.ts';
import type { RequestScope } from '../subgraph.ts';
import { funnelCube } from './cube/funnel.ts';
import { summaryCube } from './cube/summary.ts';
import { type AuditReads, auditReads } from './loaders/audits.ts';
import { type AwardReads, awardReads } from './loaders/awards.ts';
import { type Catalogue, catalogueReads } from './loaders/catalogue.ts';
import { copyReads } from './loaders/copies.ts';
import { type DossierReads, dossierReads } from './loaders/dossiers.ts';
import { funnelReads } from './loaders/funnel.ts';
import { type JudgementReads, judgementReads } from './loaders/judgements.ts';
import { type SummaryReads, summaryReads } from './loaders/summaries.ts';
import { type UnitFactsReads, unitFactsReads } from './loaders/unitFacts.ts';
import type { Models } from './model/models.ts';

/** Every road of one request to the awards' data. */
export interface Context extends AuditReads {
  readonly unitFacts: UnitFactsReads;
  readonly viewer: Viewer;
  readonly today: string;
  readonly catalogue: Catalogue;
  readonly awards: AwardReads;
  readonly dossiers: DossierReads;
  readonly judgements: JudgementReads;
  readonly summaries: SummaryReads;
  readonly funnel: ReturnType<typeof funnelReads>;
  readonly command: CommandRunner<Models>;
}

/** Makes the roads of one request, with loaders of its own. */
export function createContext(scope: RequestScope<Models>): Context {
  const catalogue = catalogueReads(scope);
  const reads = { catalogue, copies: copyReads(scope), today: scope.today };
  const cubes = {
    summary: once(() => scope.cubes.open(summaryCube, scope)),
    funnel: once(() => scope.cubes.open(funnelCube, scope)),
  };
  return {
    unitFacts: unitFactsReads(scope),
    viewer: scope.viewer,
    today: scope.today,
    catalogue,
    awards: awardReads(scope, reads),
    dossiers: dossierReads(scope, reads),
    judgements: judgementReads(scope, catalogue),
    summaries: summaryReads(scope, reads, cubes.summary),
    funnel: funnelReads(scope, reads, cubes.funnel),
    ...auditReads(scope),
    command: scope.command,
  };
}
