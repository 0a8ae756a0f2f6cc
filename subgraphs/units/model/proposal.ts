import { type Connection, type Model, Schema } from 'mongoose';
import type { Versioned } from '../../records/command/aggregate.ts';
import type { Connection as Page } from '../../records/connection.ts';
import type { ProjectionMap } from '../../records/selection.ts';
import type { DocumentRefRecord } from './event.ts';

export type UnitMergeProposalStatus = 'PENDING' | 'CONFIRMED' | 'REJECTED';

/** A merger that one person asked for and another one confirms or rejects (DOMAIN §5.9). */
export interface UnitMergeProposalRecord extends Versioned {
  readonly status: UnitMergeProposalStatus;
  /** The account that asked for it; it may not confirm it. */
  readonly proposedBy: string;
  /** The account that confirmed or rejected it. */
  readonly decidedBy: string | null;
  readonly rejectReason: string | null;
  /** What was asked for, in the shape of the mutation's input, with the versions that the proposer saw. */
  readonly request: object;
  /** Codes of the request, to be read by. */
  readonly sourceCodes: readonly string[];
  readonly intoCode: string;
  readonly effectiveOn: string;
  readonly decision: DocumentRefRecord;
}

export type UnitMergeProposalConnectionRecord = Page<UnitMergeProposalRecord>;

const text = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;

const schema = new Schema<UnitMergeProposalRecord>(
  {
    _id: text,
    status: text,
    proposedBy: text,
    decidedBy: maybe,
    rejectReason: maybe,
    request: { type: Schema.Types.Mixed, required: true },
    sourceCodes: { type: [String], required: true },
    intoCode: text,
    effectiveOn: text,
    decision: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { autoIndex: false, versionKey: false },
)
  .index({ createdAt: -1, _id: -1 })
  .index({ status: 1, createdAt: -1, _id: -1 });

export const unitMergeProposalModel = (connection: Connection): Model<UnitMergeProposalRecord> =>
  connection.model<UnitMergeProposalRecord>('units.UnitMergeProposal', schema, 'units_merge_proposals');

export const unitMergeProposalFields: ProjectionMap = {
  fields: { sources: ['sourceCodes'], into: ['intoCode'], audit: [] },
};
