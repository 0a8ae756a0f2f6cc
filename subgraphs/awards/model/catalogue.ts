import { type Connection, type Model, Schema } from 'mongoose';
import { type UnitLevel, unitLevels } from '../../../schema/events.ts';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { type DossierState, dossierStates, type Regime, regimes } from './codes.ts';

/** What one part of a catalogue row rests on. */
export interface RuleProvenanceRecord {
  readonly aspect: string;
  readonly mark: 'SOURCED' | 'UNVERIFIED' | 'PROPOSED';
  readonly source: string | null;
}

/** A form of commendation; `_id` is its code. */
export interface AwardFormRecord {
  readonly _id: string;
  readonly name: Localized;
  readonly class: string;
  readonly recipientKinds: readonly ('COLLECTIVE' | 'INDIVIDUAL')[];
  readonly stateLevel: boolean;
  readonly order: number;
  readonly provenance: readonly RuleProvenanceRecord[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

export interface BonusRoundingRecord {
  readonly mode: 'UP' | 'DOWN' | 'HALF_UP';
  readonly to: number;
}

/** How a form is decided under a regime, for dossiers received in [from, before). */
export interface FormRuleRecord {
  readonly _id: string;
  readonly form: string;
  readonly regime: Regime;
  readonly from: string;
  readonly before: string | null;
  readonly decidedBy: string;
  readonly minLevel: UnitLevel | null;
  readonly quorumPercent: number | null;
  readonly passMarkPercent: number | null;
  readonly noticeDays: number | null;
  readonly titleQuotaPercent: number | null;
  readonly titleQuotaOf: readonly string[];
  readonly bonusMultiple: number | null;
  readonly bonusRounding: BonusRoundingRecord | null;
  readonly requiredPapers: readonly string[];
  readonly provenance: readonly RuleProvenanceRecord[];
}

const termLists = ['CLASS', 'AUTHORITY', 'PAPER', 'REVOCATION'] as const;

/** One entry of the small lists that an administrator keeps; `_id` is `LIST:CODE`. */
export interface TermRow {
  readonly _id: string;
  readonly list: (typeof termLists)[number];
  readonly code: string;
  readonly order: number;
  readonly name: Localized;
  /** Papers only: the state from which a dossier must hold it. */
  readonly neededFrom?: DossierState;
  /** Papers only: who must have confirmed it. */
  readonly confirmations?: readonly ('DIRECT_SUPERIOR' | 'SUBMITTING_LEVEL')[];
}

export type AwardClassRecord = TermRow;
export type DecidingAuthorityRecord = TermRow;
export type PaperKindRecord = TermRow;
export type RevocationGroundRecord = TermRow;

/** A regime with its days; `_id` is its code. */
export interface LegalRegimeRecord {
  readonly _id: Regime;
  readonly name: Localized;
  readonly texts: readonly string[];
  readonly from: string;
  readonly before: string | null;
  readonly provenance: readonly RuleProvenanceRecord[];
}

/** The base salary over [from, before); `_id` is `from`. */
export interface BaseSalaryRecord {
  readonly _id: string;
  readonly amount: number;
  readonly from: string;
  readonly before: string | null;
  readonly provenance: readonly RuleProvenanceRecord[];
}

/** Where a rule of eligibility comes from under a regime; `_id` is `RULE:REGIME`. */
export interface CitationRow {
  readonly _id: string;
  readonly rule: string;
  readonly regime: Regime;
  readonly mark: RuleProvenanceRecord['mark'];
  readonly source: string;
}

export const formProjection: ProjectionMap = {
  always: ['order'],
  fields: { code: ['_id'], rules: [], rule: [] },
};

const options = { autoIndex: false, versionKey: false } as const;
const part = { _id: false } as const;
const id = { type: String, required: true } as const;
const text = { type: String, required: true } as const;
const number = { type: Number, required: true } as const;
const figure = { type: Number, default: null } as const;
const before = { type: String, default: null } as const;
const localizedText = new Schema({ vi: text, en: before }, part);
const provenance = [new Schema({ aspect: text, mark: text, source: before }, part)];

const form = new Schema<AwardFormRecord>(
  {
    _id: id,
    name: localizedText,
    class: text,
    recipientKinds: [String],
    stateLevel: { type: Boolean, required: true },
    order: number,
    provenance,
    createdAt: Date,
    updatedAt: Date,
    version: number,
  },
  options,
).index({ order: 1 });

const rule = new Schema<FormRuleRecord>(
  {
    _id: id,
    form: text,
    regime: { type: String, enum: regimes, required: true },
    from: text,
    before,
    decidedBy: text,
    minLevel: { type: String, enum: [...unitLevels, null], default: null },
    quorumPercent: figure,
    passMarkPercent: figure,
    noticeDays: figure,
    titleQuotaPercent: figure,
    titleQuotaOf: [String],
    bonusMultiple: figure,
    bonusRounding: { type: new Schema({ mode: text, to: number }, part), default: null },
    requiredPapers: [String],
    provenance,
  },
  options,
).index({ form: 1, regime: 1, from: 1 }, { unique: true });

const term = new Schema<TermRow>(
  {
    _id: id,
    list: { type: String, enum: termLists, required: true },
    code: text,
    order: number,
    name: localizedText,
    neededFrom: { type: String, enum: dossierStates },
    confirmations: [String],
  },
  options,
);

const regime = new Schema<LegalRegimeRecord>(
  { _id: id, name: localizedText, texts: [String], from: text, before, provenance },
  options,
);

const salary = new Schema<BaseSalaryRecord>(
  { _id: id, amount: number, from: text, before, provenance },
  options,
);

const citation = new Schema<CitationRow>(
  { _id: id, rule: text, regime: text, mark: text, source: text },
  options,
).index({ regime: 1 });

export interface CatalogueModels {
  readonly forms: Model<AwardFormRecord>;
  readonly rules: Model<FormRuleRecord>;
  readonly terms: Model<TermRow>;
  readonly regimes: Model<LegalRegimeRecord>;
  readonly salaries: Model<BaseSalaryRecord>;
  readonly citations: Model<CitationRow>;
}

/** Makes the models of the dated rows that the law and an administrator give. */
export const catalogueModels = (connection: Connection): CatalogueModels => ({
  forms: connection.model<AwardFormRecord>('awards.Form', form, 'awards_forms'),
  rules: connection.model<FormRuleRecord>('awards.Rule', rule, 'awards_rules'),
  terms: connection.model<TermRow>('awards.Term', term, 'awards_terms'),
  regimes: connection.model<LegalRegimeRecord>('awards.Regime', regime, 'awards_regimes'),
  salaries: connection.model<BaseSalaryRecord>('awards.Salary', salary, 'awards_salaries'),
  citations: connection.model<CitationRow>('awards.Citation', citation, 'awards_citations'),
});
