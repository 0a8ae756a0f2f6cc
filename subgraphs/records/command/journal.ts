import { type Connection, type Model, Schema } from 'mongoose';

/**
 * What every subgraph keeps of its own writing, in collections of its own: who changed what (`_audit`), what others are
 * told (`_outbox`), which requests were done (`_idempotency`), how far it has read and who works (`_positions`).
 */
export interface Journal {
  readonly audit: Model<AuditRow>;
  readonly outbox: Model<OutboxRow>;
  readonly idempotency: Model<IdempotencyRow>;
  readonly positions: Model<PositionRow>;
}

/** Who did or read what, when and why. Rows are added and never changed or deleted: there is no code that does. */
export interface AuditRow {
  readonly _id: string;
  readonly at: Date;
  /** The mutation, or what was read. */
  readonly action: string;
  /** The GraphQL type of the records. */
  readonly type: string;
  readonly entityIds: readonly string[];
  /** The version that the change led to; null for a reading. */
  readonly version: number | null;
  readonly subject: string;
  readonly role: string;
  readonly unitPath: string | null;
  readonly requestId: string;
  readonly reason: string | null;
  /** Codes of warnings that were overridden, for the reason. */
  readonly acknowledged: readonly string[];
  readonly changes: readonly AuditChangeRow[];
}

/** One field that changed; values of personal data are left out (null on both sides). */
export interface AuditChangeRow {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** One domain event. `seq` is given after commit by the sequencer, so that no reader can skip an event. */
export interface OutboxRow {
  readonly _id: string;
  readonly seq?: number;
  /** Stands while `seq` does not. */
  readonly pending?: true;
  readonly type: string;
  readonly entityId: string;
  readonly version: number;
  readonly action: string;
  readonly at: Date;
  /** What others keep of the record, in a shape of schema/events.ts; null where nobody keeps a copy. */
  readonly copy: object | null;
  /** The collection whose record gets its place in the public stream of changes. */
  readonly stream: string | null;
}

/** One request that was done. No input is kept (DOMAIN §5.9), only its fingerprint and the ids of the result. */
export interface IdempotencyRow {
  readonly _id: string;
  readonly operation: string;
  readonly print: string;
  readonly result: object;
  readonly at: Date;
}

/** How far something has come, and who works on it: `sequencer`, `from:<subgraph>`, `job:<name>`. */
export interface PositionRow {
  readonly _id: string;
  readonly seq: number;
  readonly holder: string | null;
  readonly until: Date;
  /** When it last came to the end. */
  readonly caughtUpAt: Date | null;
}

const WEEK_S = 7 * 24 * 3_600;
const plain = { autoIndex: false, versionKey: false } as const;
const text = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;
const anything = { type: Schema.Types.Mixed, default: null } as const;

const audit = new Schema<AuditRow>(
  {
    _id: text,
    at: { type: Date, required: true },
    action: text,
    type: text,
    entityIds: [String],
    version: { type: Number, default: null },
    subject: text,
    role: text,
    unitPath: maybe,
    requestId: text,
    reason: maybe,
    acknowledged: [String],
    changes: [new Schema({ field: text, before: anything, after: anything }, { _id: false })],
  },
  plain,
)
  .index({ at: 1, _id: 1 })
  .index({ entityIds: 1, at: -1, _id: -1 })
  .index({ subject: 1, at: -1, _id: -1 });

const outbox = new Schema<OutboxRow>(
  {
    _id: text,
    seq: Number,
    pending: Boolean,
    type: text,
    entityId: text,
    version: { type: Number, required: true },
    action: text,
    at: { type: Date, required: true },
    copy: anything,
    stream: maybe,
  },
  plain,
)
  .index({ seq: 1 }, { unique: true, sparse: true })
  .index({ pending: 1, at: 1, _id: 1 }, { partialFilterExpression: { pending: true } })
  .index({ entityId: 1, version: 1 });

const idempotency = new Schema<IdempotencyRow>(
  { _id: text, operation: text, print: text, result: anything, at: { type: Date, required: true } },
  plain,
).index({ at: 1 }, { expireAfterSeconds: WEEK_S });

const positions = new Schema<PositionRow>(
  { _id: text, seq: { type: Number, required: true }, holder: maybe, until: Date, caughtUpAt: Date },
  plain,
);

/** Makes the journal of a subgraph over its connection; opens nothing. */
export const journalOf = (connection: Connection, subgraph: string): Journal => ({
  audit: connection.model<AuditRow>(`${subgraph}.Journal.Audit`, audit, `${subgraph}_audit`),
  outbox: connection.model<OutboxRow>(`${subgraph}.Journal.Outbox`, outbox, `${subgraph}_outbox`),
  idempotency: connection.model<IdempotencyRow>(
    `${subgraph}.Journal.Idempotency`,
    idempotency,
    `${subgraph}_idempotency`,
  ),
  positions: connection.model<PositionRow>(
    `${subgraph}.Journal.Position`,
    positions,
    `${subgraph}_positions`,
  ),
});
