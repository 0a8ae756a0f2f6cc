import type { Model } from 'mongoose';
import { entityNotFound } from '../../../server/errors.ts';
import { byKey } from '../../records/byKey.ts';
import type { Projection } from '../../records/selection.ts';
import { wholeByKey } from '../../records/wholeByKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import {
  type AwardFormRecord,
  type BaseSalaryRecord,
  type CitationRow,
  type FormRuleRecord,
  formProjection,
  type LegalRegimeRecord,
  type TermRow,
} from '../model/catalogue.ts';
import type { Regime } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import { listsByKey } from './lists.ts';

/** The reads of the catalogue. Rows that a stored record names must be there: a missing one is ENTITY_NOT_FOUND. */
export interface Catalogue {
  readonly form: (code: string) => Promise<AwardFormRecord>;
  readonly formOrNull: (code: string) => Promise<AwardFormRecord | null>;
  /** Every form, in the order of the catalogue; reads them all. */
  readonly forms: () => Promise<readonly AwardFormRecord[]>;
  readonly rulesOf: (form: string) => Promise<readonly FormRuleRecord[]>;
  readonly term: (list: TermRow['list'], code: string) => Promise<TermRow>;
  readonly termOrNull: (list: TermRow['list'], code: string) => Promise<TermRow | null>;
  readonly regime: (code: Regime) => Promise<LegalRegimeRecord>;
  readonly salary: (from: string) => Promise<BaseSalaryRecord>;
  readonly citationsOf: (regime: Regime) => Promise<readonly CitationRow[]>;
}

const termFields = { list: 1, code: 1, order: 1, name: 1, neededFrom: 1, confirmations: 1 } as const;
const regimeFields = { name: 1, texts: 1, from: 1, before: 1, provenance: 1 } as const;
const salaryFields = { amount: 1, from: 1, before: 1, provenance: 1 } as const;

const found =
  <Key extends string, Row>(type: string, load: (key: Key) => Promise<Row | null>) =>
  async (key: Key): Promise<Row> => {
    const row = await load(key);
    if (row === null) throw entityNotFound(type, key);
    return row;
  };

/** Makes the reads of the catalogue for one request. */
export function catalogueReads({ models, selection, signal }: RequestScope<Models>): Catalogue {
  const formFields = {
    ...selection.projection('AwardForm', formProjection),
    recipientKinds: 1,
    class: 1,
  } as const;
  const whole = <Row extends { readonly _id: string }>(model: Model<Row>, projection: Projection) =>
    wholeByKey<Row>({ model, projection, sort: { _id: 1 }, signal });
  const forms = formReads(models.forms, formFields, signal);
  const term = whole<TermRow>(models.terms, termFields);
  const regime = whole<LegalRegimeRecord>(models.regimes, regimeFields);
  const salary = whole<BaseSalaryRecord>(models.salaries, salaryFields);
  const rules = listsByKey<FormRuleRecord>({
    model: models.rules,
    field: 'form',
    sort: { from: 1 },
    signal,
  });
  const citations = listsByKey<CitationRow>({
    model: models.citations,
    field: 'regime',
    sort: { _id: 1 },
    signal,
  });
  const termOrNull: Catalogue['termOrNull'] = (list, code) => term.load(`${list}:${code}`);
  return {
    form: found('AwardForm', forms.one),
    formOrNull: forms.one,
    forms: forms.all,
    rulesOf: (code) => rules.load(code),
    term: (list, code) => found(list, (key: string) => termOrNull(list, key))(code),
    termOrNull,
    regime: found('LegalRegime', (code: Regime) => regime.load(code)),
    salary: found('BaseSalary', (from: string) => salary.load(from)),
    citationsOf: (code) => citations.load(code),
  };
}

/**
 * Forms are many, and a single dossier or certificate has one: those that are asked for are read, by one command for a
 * tick, or all at once, of which single ones are then taken.
 */
function formReads(model: Model<AwardFormRecord>, projection: Projection, signal: AbortSignal | undefined) {
  const single = byKey<AwardFormRecord>({ model, field: '_id', projection, signal });
  const whole = wholeByKey<AwardFormRecord>({ model, projection, sort: { order: 1 }, signal });
  return {
    one: (code: string) => single.load(code),
    all: async () => {
      const forms = await whole.all();
      for (const form of forms) single.prime(form._id, form);
      return forms;
    },
  };
}
