import type { Model } from 'mongoose';
import type { Scope } from '../../../server/access/grants.ts';

/** What every record that commands write carries. */
export interface Versioned {
  readonly _id: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A kind of record that commands write: each write of one is audited and told to others. */
export interface Aggregate<Models, Row extends Versioned> {
  /** The GraphQL type. */
  readonly type: string;
  readonly model: (models: Models) => Model<Row>;
  /**
   * The scope whose rows may read such a record in every state of it. The audit shows them its values and reasons, and to
   * others who read the audit only which fields changed, when and by whom.
   */
  readonly readers: Scope | 'EVERYBODY';
  /** Fields whose change the audit names and does not show: personal data. */
  readonly concealed?: readonly (keyof Row & string)[];
  /** Fields that follow from others and are not worth naming. */
  readonly derived?: readonly (keyof Row & string)[];
  /** Whether the record has a place (`seq`) in a public stream of changes. It is left out on insert. */
  readonly streamed?: boolean;
  /** What other subgraphs keep of it. */
  readonly copy?: (row: Row) => object;
}
