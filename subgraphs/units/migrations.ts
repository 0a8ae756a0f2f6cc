import type { Migration } from '../records/migrate.ts';
import { vocabularyModel, wordsOf, writeWords } from '../records/spelling/vocabulary.ts';
import type { UnitRecord } from './model/unit.ts';

/** Changes of what is stored, in the order in which they came. */
export const migrations: readonly Migration[] = [
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
