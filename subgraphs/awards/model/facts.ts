import { Schema } from 'mongoose';
import { type UnitLevel, unitLevels } from '../../../schema/events.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import { type CommendationKind, commendationKinds, type RecipientKind } from './codes.ts';

/** A document that a record rests on, as stored; a part that is not there is not known. */
export interface StoredDocument {
  readonly number?: string;
  readonly date?: string;
  readonly dateText?: string;
  readonly issuer?: string;
  readonly title?: string;
  readonly url?: string;
  readonly sha256?: string;
}

/** A unit as recipient; the name is what it was called on the day of the decision, never rewritten. */
interface StoredUnitRecipient {
  readonly kind: 'COLLECTIVE';
  readonly unitId: string;
  readonly nameAtDecision: string | null;
}

/** A person as recipient: personal data, shown by rules/visibility.ts only. */
interface StoredPersonRecipient {
  readonly kind: 'INDIVIDUAL';
  readonly unitId: string;
  readonly nameAtDecision: string | null;
  readonly ref: string;
  readonly displayName: string;
  readonly rank: string | null;
  readonly consented: boolean;
}

export type StoredRecipient = StoredUnitRecipient | StoredPersonRecipient;

/**
 * What dossiers and awards have in common: who, for what, and where in the tree of units (HOUSE, Paths of a fact).
 * `pathAtEvent` is never rewritten; `unitPath` is the unit's own path of today or its last; `scopePath` that of its
 * living successor, which decides who may see the row.
 */
export interface Fact {
  readonly form: string;
  readonly kind: CommendationKind;
  readonly stateLevel: boolean;
  readonly campaignId: string | null;
  readonly recipientKind: RecipientKind;
  /** `U:<unit>` or `P:<person>`: by it the same recipient is found again. */
  readonly recipientKey: string;
  readonly recipient: StoredRecipient;
  readonly unitId: string;
  readonly levelAtEvent: UnitLevel;
  readonly provinceCode: string | null;
  readonly pathAtEvent: string;
  readonly unitPath: string;
  readonly scopePath: string;
}

/** A span of days with its label, as records/periodInput.ts gives it. */
export type PeriodRecord = NamedPeriod;

/** A foreign entity, as the federation refers to it. */
interface Reference<Name extends string> {
  readonly __typename?: Name;
  readonly id: string;
}
export type UnitRecord = Reference<'Unit'>;
export type CampaignRecord = Reference<'Campaign'>;
export type SupportActivityRecord = Reference<'SupportActivity'>;

const text = { type: String, required: true } as const;
const optional = { type: String } as const;

export const factFields = {
  form: text,
  kind: { type: String, enum: commendationKinds, required: true },
  stateLevel: { type: Boolean, required: true },
  campaignId: { type: String, default: null },
  recipientKind: text,
  recipientKey: text,
  recipient: { type: Schema.Types.Mixed, required: true },
  unitId: text,
  levelAtEvent: { type: String, enum: unitLevels, required: true },
  provinceCode: { type: String, default: null },
  pathAtEvent: text,
  unitPath: text,
  scopePath: text,
} as const;

export const documentRef = new Schema<StoredDocument>(
  {
    number: optional,
    date: optional,
    dateText: optional,
    issuer: optional,
    title: optional,
    url: optional,
    sha256: optional,
  },
  { _id: false },
);
