import { type Connection, type Model, Schema } from 'mongoose';

/**
 * A count that commands take in turn: of two transactions that take the same one, the second is done again after the
 * first and sees what it wrote. `HS-2026` gives the numbers of dossiers; the others order decisions that a rule weighs
 * against each other (commands/turns.ts).
 */
export interface TurnRow {
  readonly _id: string;
  readonly count: number;
}

/** Makes the model of turns. */
export const turnModel = (connection: Connection): Model<TurnRow> =>
  connection.model<TurnRow>(
    'awards.Turn',
    new Schema<TurnRow>(
      { _id: { type: String, required: true }, count: { type: Number, required: true } },
      { autoIndex: false, versionKey: false },
    ),
    'awards_turns',
  );
