import { entityNotFound } from '../../../server/errors.ts';
import { ruleOf } from '../rules/regime.ts';
import type {
  AwardFormResolvers,
  BaseSalaryResolvers,
  FormRuleResolvers,
  LegalRegimeResolvers,
  PaperKindResolvers,
} from '../types.generated.ts';

export const AwardForm: AwardFormResolvers = {
  __resolveReference: async ({ code }, { catalogue }) =>
    (await catalogue.formOrNull(code)) ?? (entityNotFound('AwardForm', code) as never),
  code: ({ _id }) => _id,
  class: (form, _, { catalogue }) => catalogue.term('CLASS', form.class),
  rules: async ({ _id }, { regime }, { catalogue }) => {
    const rules = await catalogue.rulesOf(_id);
    return regime ? rules.filter((rule) => rule.regime === regime) : rules;
  },
  rule: async ({ _id }, { regime, on }, { catalogue }) => ruleOf(await catalogue.rulesOf(_id), regime, on),
};

export const FormRule: FormRuleResolvers = {
  law: ({ regime }, _, { catalogue }) => catalogue.regime(regime),
  decidedBy: ({ decidedBy }, _, { catalogue }) => catalogue.term('AUTHORITY', decidedBy),
  titleQuotaOf: ({ titleQuotaOf }, _, { catalogue }) => Promise.all(titleQuotaOf.map(catalogue.form)),
  requiredPapers: ({ requiredPapers }, _, { catalogue }) =>
    Promise.all(requiredPapers.map((code) => catalogue.term('PAPER', code))),
};

export const LegalRegime: LegalRegimeResolvers = { code: ({ _id }) => _id };

export const BaseSalary: BaseSalaryResolvers = { from: ({ _id }) => _id };

export const PaperKind: PaperKindResolvers = {
  neededFrom: ({ neededFrom }) => neededFrom ?? 'SUBMITTED',
  confirmations: ({ confirmations }) => confirmations ?? [],
};

/** The place in its list is an authority's rank. */
export const DecidingAuthority = { rank: ({ order }: { readonly order: number }) => order };
