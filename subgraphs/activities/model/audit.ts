import { type Connection, type Model, Schema } from 'mongoose';
import { schemaOptions } from './facts.ts';

/** Who read rows of persons, of which activities, when and why. Rows are added and never changed or deleted. */
export interface AuditRow {
  readonly _id: string;
  readonly at: Date;
  readonly action: 'READ_BENEFICIARIES';
  readonly subject: string;
  readonly role: string;
  readonly unitPath: string | null;
  readonly activityIds: readonly string[];
  readonly purpose: string;
}

const schema = new Schema<AuditRow>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    action: { type: String, required: true },
    subject: { type: String, required: true },
    role: { type: String, required: true },
    unitPath: String,
    activityIds: [String],
    purpose: { type: String, required: true },
  },
  schemaOptions,
)
  .index({ at: 1, _id: 1 })
  .index({ activityIds: 1, at: 1 });

/** Makes the model of the record of readings. */
export const auditModel = (connection: Connection): Model<AuditRow> =>
  connection.model<AuditRow>('activities.Audit', schema, 'activities_audit');
