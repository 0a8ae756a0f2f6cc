import type { Migration } from '../records/migrate.ts';
import { vocabularyModel, wordsOf, writeWords } from '../records/spelling/vocabulary.ts';
import { COLLECTION, recountChildren } from './model/childCounts.ts';
import type { UnitRecord } from './model/unit.ts';

/** Changes of stored shapes since the first version, in their order. */
export const migrations: readonly Migration[] = [
  {
    // Children were counted from the versions of all units of a level.
    id: '2026-11-child-counts',
    run: (connection) =>
      recountChildren({
        versions: connection.collection('units_versions') as never,
        childCounts: connection.collection(COLLECTION) as never,
      }),
  },
  {
    // Mistyped names are found by the words of all names.
    id: '2026-11-units-have-a-vocabulary',
    run: async (connection) => {
      const units = connection.collection<Pick<UnitRecord, 'searchKeys'>>('units_units');
      const words = new Set<string>();
      for await (const { searchKeys } of units.find({}, { projection: { searchKeys: 1 } }))
        for (const word of wordsOf(searchKeys)) words.add(word);
      await writeWords(vocabularyModel(connection, 'units'), words);
    },
  },
];
