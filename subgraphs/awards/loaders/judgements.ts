import { perArguments } from '../../records/byKey.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { ActionHintRecord } from '../model/answers.ts';
import type { AwardRecord } from '../model/awards.ts';
import type { FormRuleRecord } from '../model/catalogue.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import {
  otherAwardFields,
  otherDossierFields,
  type TitleCount,
  titlesByYear,
  titlesOf,
} from '../model/judged.ts';
import type { Models } from '../model/models.ts';
import { availableActions } from '../rules/actions.ts';
import { eligibilityOf, type Facts, type RuleResult } from '../rules/eligibility.ts';
import { ruleOf } from '../rules/regime.ts';
import type { Catalogue } from './catalogue.ts';
import { listsByKey } from './lists.ts';

/** What is computed of a dossier from all that is stored. */
export interface JudgementReads {
  readonly rule: (dossier: AwardDossierRecord) => Promise<FormRuleRecord | null>;
  readonly eligibility: (dossier: AwardDossierRecord) => Promise<RuleResult[]>;
  readonly actions: (dossier: AwardDossierRecord) => Promise<readonly ActionHintRecord[]>;
}

/** Makes the loaders of what else is on record about a recipient. */
function othersOf({ models, signal }: RequestScope<Models>) {
  const list = { field: 'recipientKey', sort: { _id: 1 }, signal } as const;
  return {
    awards: listsByKey<AwardRecord>({ ...list, model: models.awards, projection: otherAwardFields }),
    dossiers: listsByKey<AwardDossierRecord>({
      ...list,
      model: models.dossiers,
      projection: otherDossierFields,
    }),
    titles: perArguments<null, readonly TitleCount[]>(() => async (unitIds) => {
      const keys = unitIds.map((key) => ({ key }));
      const question = { model: models.awards, foreignField: 'unitId', keys, pipeline: titlesByYear, signal };
      const found = await perKey<TitleCount>(question);
      return unitIds.map((id) => found.get(id) ?? []);
    }),
  };
}

/** Makes the judgements of one request; every dossier of a tick shares the commands. */
export function judgementReads(scope: RequestScope<Models>, catalogue: Catalogue): JudgementReads {
  const others = othersOf(scope);
  const ruleFor = async ({ form, regime, judgedOn }: AwardDossierRecord) =>
    ruleOf(await catalogue.rulesOf(form), regime, judgedOn);
  const factsOf = async (dossier: AwardDossierRecord): Promise<Facts> => {
    const [rule, form, otherAwards, otherDossiers, counts, citations] = await Promise.all([
      ruleFor(dossier),
      catalogue.formOrNull(dossier.form),
      others.awards.load(dossier.recipientKey),
      others.dossiers.load(dossier.recipientKey),
      others.titles(null, dossier.unitId),
      catalogue.citationsOf(dossier.regime),
    ]);
    return {
      rule,
      form,
      otherAwards,
      otherDossiers,
      titles: titlesOf(counts),
      citations: new Map(citations.map((citation) => [citation.rule, citation])),
      ...(await termsOf(dossier, rule, catalogue)),
      today: scope.today,
    };
  };
  return {
    rule: ruleFor,
    eligibility: async (dossier) => eligibilityOf(dossier, await factsOf(dossier)),
    actions: async (dossier) => availableActions(dossier, await factsOf(dossier), scope.viewer),
  };
}

async function termsOf(
  { decidedBy }: AwardDossierRecord,
  rule: FormRuleRecord | null,
  catalogue: Catalogue,
): Promise<Pick<Facts, 'authorities' | 'requiredPapers'>> {
  const codes = [decidedBy, ...(rule ? [rule.decidedBy] : [])];
  const [authorities, requiredPapers] = await Promise.all([
    Promise.all(codes.map((code) => catalogue.term('AUTHORITY', code))),
    Promise.all((rule?.requiredPapers ?? []).map((code) => catalogue.term('PAPER', code))),
  ]);
  return { authorities: new Map(authorities.map((term) => [term.code, term])), requiredPapers };
}
