import { type Connection, type Model, Schema } from 'mongoose';
import type { Tx } from '../command/transaction.ts';
import { insertAll } from '../insertAll.ts';
import { keysOfWord } from './cuts.ts';

/** A folded word that some record of a subgraph holds or held, and the keys by which the mistyped find it. */
export interface WordRecord {
  readonly _id: string;
  readonly keys: readonly string[];
}

const schema = new Schema<WordRecord>(
  { _id: { type: String, required: true }, keys: { type: [String], required: true } },
  { autoIndex: false, versionKey: false },
).index({ keys: 1 });

/**
 * The vocabulary of a subgraph: every word once, however many records hold it. Vietnamese has a few thousand syllables, so
 * that it stays small whatever the records grow to. Words are never taken out: one that nothing holds any more leads to
 * a question without an answer, and to no wrong one.
 */
export const vocabularyModel = (connection: Connection, subgraph: string): Model<WordRecord> =>
  connection.model<WordRecord>(`${subgraph}.Word`, schema, `${subgraph}_words`);

/** Numbers are not words (nobody means "phường 12" by "phường 11"), nor is what no one would type. */
const word = /^\p{L}{1,24}$/u;

/** Gives the distinct words of folded texts. */
export function wordsOf(folded: Iterable<string>): Set<string> {
  const words = new Set<string>();
  for (const text of folded) for (const part of text.split(/\s+/u)) if (word.test(part)) words.add(part);
  return words;
}

const recordOf = (_id: string): WordRecord => ({ _id, keys: keysOfWord(_id) });

/** Writes the words that are not known yet; for a seed or a migration, which no command runs beside. */
export const writeWords = (model: Model<WordRecord>, words: ReadonlySet<string>): Promise<void> =>
  insertAll(model, [...words].map(recordOf));

/**
 * Learns the words of what a command writes: one MongoDB command, and a second one only when a word is new. Two
 * commands that bring the same new word at once conflict, and the later one runs again.
 */
export async function learnWords<Models>(
  tx: Tx<Models>,
  model: Model<WordRecord>,
  folded: Iterable<string>,
): Promise<void> {
  const words = wordsOf(folded);
  if (words.size === 0) return;
  const known = await model
    .find({ _id: { $in: [...words] } }, { _id: 1 }, tx.options)
    .batchSize(words.size + 1)
    .lean<Pick<WordRecord, '_id'>[]>();
  for (const { _id } of known) words.delete(_id);
  if (words.size > 0) await model.collection.insertMany([...words].map(recordOf) as never, tx.options);
}
