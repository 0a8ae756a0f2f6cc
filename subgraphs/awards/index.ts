import { readFileSync } from 'node:fs';
import { followCampaigns } from '../copies/followCampaigns.ts';
import { followUnits } from '../copies/followUnits.ts';
import type { SubgraphDefinition } from '../subgraph.ts';
import { outcomes } from './codes.ts';
import { funnelCube } from './cube/funnel.ts';
import { summaryCube } from './cube/summary.ts';
import { type Context, createContext } from './loaders.ts';
import { awardsModels, type Models } from './model/models.ts';
import { resolvers } from './resolvers.ts';
import { type AwardsRows, loadRows } from './rows.ts';
import { bonusOf } from './rules/bonus.ts';
import { achievementLocksOf } from './rules/keys.ts';
import { regimeOn, ruleOf } from './rules/regime.ts';
import { verifyCodeOf } from './rules/verifyCode.ts';

export type { AwardRecord } from './model/awards.ts';
export type {
  AwardFormRecord,
  BaseSalaryRecord,
  CitationRow,
  FormRuleRecord,
  LegalRegimeRecord,
  RuleProvenanceRecord,
  TermRow,
} from './model/catalogue.ts';
export type { DossierAction, DossierState, Regime } from './model/codes.ts';
export type { AwardDossierRecord, TransitionRecord, VoteTallyRecord } from './model/dossiers.ts';
export type { Fact, StoredDocument, StoredRecipient } from './model/facts.ts';
export type { AwardsRows } from './rows.ts';

/** Award forms and their dated rules, dossiers, awards. */
export const awards: SubgraphDefinition<Models, Context, AwardsRows> = {
  name: 'awards',
  sdl: readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  models: awardsModels,
  context: createContext,
  follows: [
    followUnits(({ dossiers, awards: given }) => [
      ...[dossiers, given].map((model) => ({
        model,
        unitId: 'unitId',
        unitPath: 'unitPath',
        scopePath: 'scopePath',
      })),
      { model: dossiers, unitId: 'proposerId', scopePath: 'proposerPath' },
      { model: dossiers, unitId: 'decidingUnitId', scopePath: 'decidingPath' },
    ]),
    followCampaigns(),
  ],
  cubes: [summaryCube, funnelCube],
  outcomes,
  migrations: [],
  load: loadRows,
};

/** What a seed computes by the same rules as the subgraph itself. */
export const awardRules = {
  regimeOn,
  ruleOf,
  bonusOf,
  verifyCodeOf,
  achievementLocksOf,
};
