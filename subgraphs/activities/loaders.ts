import type { Connection } from '../records/connection.ts';
import { once } from '../records/once.ts';
import type { RequestScope } from '../subgraph.ts';
import { type PeopleCommands, peopleCommands } from './commands/peopleCommands.ts';
import { householdCube } from './cube/households.ts';
import { houseCube } from './cube/houses.ts';
import { supportCube } from './cube/support.ts';
import { type ExportArgs, exportRows } from './export/exportRows.ts';
import { type ActivityLoaders, activityLoaders } from './loaders/activities.ts';
import { type AuditReads, auditReads } from './loaders/audits.ts';
import { type BeneficiaryLoader, beneficiaryLoader } from './loaders/beneficiaries.ts';
import { type CatalogueLoaders, catalogueLoaders } from './loaders/catalogue.ts';
import { type ChangeLoaders, changeLoaders } from './loaders/changes.ts';
import { type Copies, copiesOf } from './loaders/copies.ts';
import { type FunnelLoader, funnelLoader } from './loaders/funnel.ts';
import { type HouseholdLoaders, householdLoaders } from './loaders/households.ts';
import { type HouseLoaders, houseLoaders } from './loaders/houses.ts';
import { personalKeysLoader } from './loaders/personalKeys.ts';
import { type SummaryLoaders, summaryLoaders } from './loaders/summary.ts';
import { type UnitFactsReads, unitFactsReads } from './loaders/unitFacts.ts';
import type { Models } from './model/models.ts';
import type { PersonalDataKeyRecord } from './model/personal.ts';
import type { SupportRollupRecord } from './model/rollup.ts';
import { personalData } from './personal/personalData.ts';
import { rollup } from './rollup/rollup.ts';
import type { SupportExportRow, SupportRollupInput } from './types.generated.ts';

/** What the resolvers of one fetch work with: who asks, which day it is, and one loader for each road to the data. */
export interface Context extends AuditReads, Pick<RequestScope<Models>, 'viewer' | 'today' | 'command'> {
  readonly unitFacts: UnitFactsReads;
  readonly activities: ActivityLoaders;
  readonly houses: HouseLoaders;
  readonly beneficiaries: BeneficiaryLoader;
  readonly households: HouseholdLoaders;
  readonly people: PeopleCommands;
  readonly personalKeys: () => Promise<PersonalDataKeyRecord[]>;
  readonly catalogue: CatalogueLoaders;
  readonly changes: ChangeLoaders;
  readonly copies: Copies;
  readonly houseFunnel: FunnelLoader;
  readonly summaries: SummaryLoaders;
  readonly rollup: (input: SupportRollupInput) => Promise<SupportRollupRecord>;
  readonly exportRows: (args: ExportArgs) => Promise<Connection<SupportExportRow>>;
}

/** Makes the context of one fetch. */
export function createContext(scope: RequestScope<Models>): Context {
  const copies = copiesOf(scope);
  const personal = personalData(scope.secrets.pii);
  const audits = auditReads(scope);
  const catalogue = catalogueLoaders(scope);
  const entries = async () => {
    const [KIND, GROUP, FUNDING] = await Promise.all([
      catalogue.entries('KIND'),
      catalogue.entries('GROUP'),
      catalogue.entries('FUNDING'),
    ]);
    const lists = { KIND, GROUP, FUNDING };
    return (dimension: keyof typeof lists) => lists[dimension];
  };
  const datedCube = once(() => scope.cubes.openDated(supportCube, scope));
  const anyCube = once(() => scope.cubes.open(supportCube, scope));
  const openHouses = once(() => scope.cubes.open(houseCube, scope));
  const books = once(() => scope.cubes.open(householdCube, scope));
  return {
    unitFacts: unitFactsReads(scope),
    viewer: scope.viewer,
    today: scope.today,
    command: scope.command,
    activities: activityLoaders(scope, copies),
    houses: houseLoaders(scope, copies, openHouses),
    beneficiaries: beneficiaryLoader(scope),
    households: householdLoaders(scope, personal, audits.audit),
    people: peopleCommands(scope, personal),
    personalKeys: personalKeysLoader(scope, personal),
    ...audits,
    catalogue,
    changes: changeLoaders(scope),
    copies,
    houseFunnel: funnelLoader(scope, copies, openHouses),
    summaries: summaryLoaders(
      scope,
      copies,
      scope.selection.has('SupportSummary', 'computedAt') ? datedCube : anyCube,
    ),
    rollup: (input) => rollup(input, { ...scope, roads: copies, copies, entries, cube: datedCube, books }),
    exportRows: (args) => exportRows(args, scope, copies),
  };
}
