import { type ClientSession, type Connection, type Model, Schema } from 'mongoose';
import type { Tx } from '../command/transaction.ts';
import { driverOptions } from '../read.ts';
import { Lexicon } from './lexicon.ts';

/** Folded texts that were learnt at once. Pages are numbered from 1 without a gap, and never change. */
export interface VocabularyPage {
  readonly _id: number;
  readonly texts: readonly string[];
}

const schema = new Schema<VocabularyPage>(
  { _id: { type: Number, required: true }, texts: { type: [String], required: true } },
  { autoIndex: false, versionKey: false },
);

/**
 * The vocabulary of a subgraph: every folded text (a name, a word) once, however many records hold it. Texts are never taken
 * out: one that nothing holds any more leads to a question without an answer, and to no wrong one. So a process that keeps
 * what it has read is brought up to date by the pages after its last one, which as a rule are none.
 */
export const vocabularyModel = (connection: Connection, subgraph: string): Model<VocabularyPage> =>
  connection.model<VocabularyPage>(`${subgraph}.Vocabulary`, schema, `${subgraph}_vocabulary`);

/** What this process has read of a vocabulary. */
interface Kept {
  readonly lexicon: Lexicon;
  last: number;
}

const keptOf = new WeakMap<Model<VocabularyPage>, Kept>();

function kept(model: Model<VocabularyPage>): Kept {
  const known = keptOf.get(model) ?? { lexicon: new Lexicon(), last: 0 };
  keptOf.set(model, known);
  return known;
}

const MOST_PAGES = 1_000_000;

/** The pages after one; a page can only be written by who has seen the one before it, so that none appears behind. */
const pagesAfter = (model: Model<VocabularyPage>, last: number, options: object): Promise<VocabularyPage[]> =>
  model
    .find({ _id: { $gt: last } }, {}, options)
    .sort({ _id: 1 })
    .batchSize(MOST_PAGES)
    .lean<VocabularyPage[]>();

/** Gives all that a vocabulary holds now, by one MongoDB command that reads what is new to this process. */
export async function lexiconOf(
  model: Model<VocabularyPage>,
  signal: AbortSignal | undefined,
): Promise<Lexicon> {
  const known = kept(model);
  keep(known, await pagesAfter(model, known.last, driverOptions(signal)));
  return known.lexicon;
}

/** Two requests may have read the same pages. */
function keep(known: Kept, pages: readonly VocabularyPage[]): void {
  for (const { _id, texts } of pages) {
    if (_id <= known.last) continue;
    known.lexicon.add(texts);
    known.last = _id;
  }
}

/** So many texts of twenty letters are a tenth of what a document may hold. */
const TEXTS_OF_A_PAGE = 50_000;

/** Writes the texts that are not known yet; for a seed or a migration, which no command runs beside. */
export async function writeTexts(model: Model<VocabularyPage>, texts: Iterable<string>): Promise<void> {
  const pages = await pagesAfter(model, 0, {});
  const known = new Set(pages.flatMap((page) => page.texts));
  const fresh = [...new Set(texts)].filter((text) => !known.has(text)).sort();
  const first = (pages.at(-1)?._id ?? 0) + 1;
  for (let page = 0; page * TEXTS_OF_A_PAGE < fresh.length; page += 1) {
    const some = fresh.slice(page * TEXTS_OF_A_PAGE, (page + 1) * TEXTS_OF_A_PAGE);
    await model.collection.insertOne({ _id: first + page, texts: some } as never);
  }
}

/** Sessions that have written a page: what they read may be their own, and not there for others. */
const writers = new WeakSet<ClientSession>();

/**
 * Learns the texts that a command writes: one MongoDB command, and a second one only when a text is new. Two
 * commands that bring something new at once conflict, and the later one runs again.
 */
export async function learnTexts<Models>(
  tx: Tx<Models>,
  model: Model<VocabularyPage>,
  folded: Iterable<string>,
): Promise<void> {
  const texts = new Set(folded);
  if (texts.size === 0) return;
  const known = kept(model);
  const pages = await pagesAfter(model, known.last, tx.options);
  const seen = pages.at(-1)?._id ?? known.last;
  if (!writers.has(tx.session)) keep(known, pages);
  const others = new Set(pages.flatMap((page) => page.texts));
  const fresh = [...texts].filter((text) => !known.lexicon.has(text) && !others.has(text));
  if (fresh.length === 0) return;
  writers.add(tx.session);
  await model.collection.insertOne({ _id: seen + 1, texts: fresh } as never, tx.options);
}
