import { type Connection, type Model, Schema } from 'mongoose';
import type { Localized } from '../../records/localized.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import { localizedText } from './localizedText.ts';

export type UnitEventKind = 'OPEN' | 'RENAME' | 'MOVE' | 'MERGE' | 'SPLIT' | 'CLOSE';

/** A document as the graph shows it; any part may be unknown. */
export interface DocumentRefRecord {
  readonly number?: string | null;
  readonly date?: string | null;
  readonly dateText?: string | null;
  readonly issuer?: string | null;
  readonly title?: string | null;
  readonly url?: string | null;
  readonly sha256?: string | null;
}

/** Something that happened to units on one day. */
export interface UnitEventRecord {
  readonly _id: string;
  readonly kind: UnitEventKind;
  readonly effectiveOn: string;
  readonly decision: DocumentRefRecord | null;
  /** What the sources do not say, in so many words. */
  readonly note: Localized | null;
  /** Every unit it happened to. */
  readonly unitIds: readonly string[];
}

export type Share = 'FULL' | 'PARTIAL';

/** Who took over whom, by which event. */
export interface UnitLinkRecord {
  /** `<code>><code>`, and `@<event>` behind it where a command wrote it. */
  readonly _id: string;
  readonly eventId: string;
  readonly effectiveOn: string;
  readonly fromId: string;
  readonly toId: string;
  readonly share: Share;
  /** Whether the facts of a closed unit follow this link; at most one link of a unit, and only a FULL one. */
  readonly primary: boolean;
}

const text = { type: String, default: null };

const decision = new Schema<DocumentRefRecord>(
  { number: text, date: text, dateText: text, issuer: text, title: text, url: text, sha256: text },
  { _id: false },
);

const eventSchema = new Schema<UnitEventRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    effectiveOn: { type: String, required: true },
    decision: { type: decision, default: null },
    note: { type: localizedText, default: null },
    unitIds: { type: [String], required: true },
  },
  { autoIndex: false, versionKey: false },
).index({ unitIds: 1, effectiveOn: 1 });

const linkSchema = new Schema<UnitLinkRecord>(
  {
    _id: { type: String, required: true },
    eventId: { type: String, required: true },
    effectiveOn: { type: String, required: true },
    fromId: { type: String, required: true },
    toId: { type: String, required: true },
    share: { type: String, required: true },
    primary: { type: Boolean, required: true },
  },
  { autoIndex: false, versionKey: false },
)
  .index({ eventId: 1 })
  .index({ fromId: 1 })
  .index({ toId: 1 });

export const unitEventModel = (connection: Connection): Model<UnitEventRecord> =>
  connection.model<UnitEventRecord>('units.UnitEvent', eventSchema, 'units_events');

export const unitLinkModel = (connection: Connection): Model<UnitLinkRecord> =>
  connection.model<UnitLinkRecord>('units.UnitLink', linkSchema, 'units_links');

export const unitEventFields: ProjectionMap = { always: ['unitIds', 'effectiveOn'], fields: { links: [] } };
export const unitLinkFields: ProjectionMap = {
  always: ['eventId', 'fromId', 'toId'],
  fields: { from: [], to: [] },
};
