import type { Connection } from 'mongoose';
import type { Migration } from '../records/migrate.ts';
import { wordsOf } from '../records/spelling/lexicon.ts';
import { vocabularyModel, writeTexts } from '../records/spelling/vocabulary.ts';
import type { ArticleRecord } from './model/article.ts';
import type { CampaignRecord } from './model/campaign.ts';
import { articleSearch, campaignSearch } from './model/rows.ts';

/** Changes of what is stored, in the order in which they came. */
export const migrations: readonly Migration[] = [
  {
    // Targets became records that are written: each has a version and its days.
    id: '2026-11-targets-have-versions',
    run: async (connection) => {
      const targets = connection.collection('campaigns_targets');
      const now = new Date();
      await targets.updateMany(
        { version: { $exists: false } },
        { $set: { version: 1, createdAt: now, updatedAt: now } },
      );
    },
  },
  {
    // Clusters became records that are written: each has a version and its days, and can be closed.
    id: '2026-11-clusters-have-versions',
    run: async (connection) => {
      const clusters = connection.collection('campaigns_clusters');
      const now = new Date();
      await clusters.updateMany(
        { version: { $exists: false } },
        { $set: { closedOn: null, scorings: 0, version: 1, createdAt: now, updatedAt: now } },
      );
    },
  },
  {
    // Two words that stand together are found by an index, in titles first; mistyped ones by the words of all texts.
    id: '2026-11-campaigns-have-search-terms',
    run: async (connection) => {
      const words = new Set<string>();
      await searchAnew<CampaignRecord>(connection, 'campaigns_campaigns', campaignSearch, words);
      await searchAnew<ArticleRecord>(connection, 'campaigns_articles', articleSearch, words);
      await writeTexts(vocabularyModel(connection, 'campaigns'), words);
      // What it was kept in before: each word with its keys.
      await connection.collection('campaigns_words').drop();
    },
  },
];

const BATCH = 1_000;

/** Writes anew what a search looks in, in all records of a collection, and adds their words to `words`. */
async function searchAnew<Row extends { readonly _id: string }>(
  connection: Connection,
  collection: string,
  search: (row: Row) => { readonly searchKey: string; readonly searchTerms: readonly string[] },
  words: Set<string>,
): Promise<void> {
  const rows = connection.collection<{ _id: string }>(collection);
  let batch: { updateOne: { filter: { _id: string }; update: object } }[] = [];
  const flush = async () => {
    if (batch.length > 0) await rows.bulkWrite(batch, { ordered: false });
    batch = [];
  };
  for await (const row of rows.find<Row>({})) {
    const found = search(row);
    for (const word of wordsOf([found.searchKey])) words.add(word);
    batch.push({
      updateOne: { filter: { _id: row._id }, update: { $set: found, $unset: { searchWords: '' } } },
    });
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}
