import type { Tx } from '../../records/command/transaction.ts';
import type {
  AwardFormRecord,
  DecidingAuthorityRecord,
  FormRuleRecord,
  LegalRegimeRecord,
  PaperKindRecord,
  TermRow,
} from '../model/catalogue.ts';
import type { Regime } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import {
  otherAwardFields,
  otherDossierFields,
  type TitleCount,
  titlesByYear,
  titlesOf,
} from '../model/judged.ts';
import type { Models } from '../model/models.ts';
import type { Facts } from '../rules/eligibility.ts';
import { regimeOn, ruleOf } from '../rules/regime.ts';

/** What the catalogue says of some forms. */
export interface Law {
  readonly forms: ReadonlyMap<string, AwardFormRecord>;
  readonly authorities: ReadonlyMap<string, DecidingAuthorityRecord>;
  readonly papers: ReadonlyMap<string, PaperKindRecord>;
  readonly regimes: readonly LegalRegimeRecord[];
  readonly rule: (form: string, regime: Regime, day: string) => FormRuleRecord | null;
  /** Throws RangeError on a day before the first regime. */
  readonly regimeOn: (day: string) => Regime;
}

/** Reads the catalogue as the transaction sees it. */
export async function readLaw({ models, options }: Tx<Models>, formCodes: readonly string[]): Promise<Law> {
  const codes = [...new Set(formCodes)];
  const forms = await models.forms.find({ _id: { $in: codes } }, {}, options).lean<AwardFormRecord[]>();
  const rules = await models.rules
    .find({ form: { $in: codes } }, {}, options)
    .sort({ from: 1 })
    .lean<FormRuleRecord[]>();
  const terms = await models.terms
    .find({ list: { $in: ['AUTHORITY', 'PAPER'] } }, {}, options)
    .lean<TermRow[]>();
  const regimes = await models.regimes.find({}, {}, options).lean<LegalRegimeRecord[]>();
  const listed = (list: TermRow['list']) =>
    new Map(terms.filter((term) => term.list === list).map((term) => [term.code, term]));
  return {
    forms: new Map(forms.map((form) => [form._id, form])),
    authorities: listed('AUTHORITY'),
    papers: listed('PAPER'),
    regimes,
    rule: (form, regime, day) =>
      ruleOf(
        rules.filter((rule) => rule.form === form),
        regime,
        day,
      ),
    regimeOn: (day) => regimeOn(regimes, day),
  };
}

/** Reads what the rules look at beside the dossier: the same facts as `eligibility` shows, in the transaction's snapshot. */
export async function factsOf(
  { models, options, today }: Tx<Models>,
  law: Law,
  dossier: AwardDossierRecord,
): Promise<Facts> {
  const { recipientKey, unitId } = dossier;
  const rule = law.rule(dossier.form, dossier.regime, dossier.judgedOn);
  const otherAwards = await models.awards.find({ recipientKey }, otherAwardFields, options).lean();
  const otherDossiers = await models.dossiers.find({ recipientKey }, otherDossierFields, options).lean();
  const counts = await models.awards.aggregate<TitleCount>(
    [{ $match: { unitId } }, ...titlesByYear] as never,
    options,
  );
  return {
    rule,
    form: law.forms.get(dossier.form) ?? null,
    authorities: law.authorities,
    requiredPapers: (rule?.requiredPapers ?? []).flatMap((code) => law.papers.get(code) ?? []),
    otherAwards,
    otherDossiers,
    titles: titlesOf(counts),
    citations: new Map(),
    today,
  };
}
