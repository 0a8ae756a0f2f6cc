import type { Migration } from '../records/migrate.ts';
import { vocabularyModel, writeTexts } from '../records/spelling/vocabulary.ts';
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
    // Mistyped names are found by all names.
    id: '2026-11-units-vocabulary-of-names',
    run: async (connection) => {
      const units = connection.collection<Pick<UnitRecord, 'searchKeys'>>('units_units');
      const names = new Set<string>();
      for await (const { searchKeys } of units.find({}, { projection: { searchKeys: 1 } }))
        for (const name of searchKeys) names.add(name);
      await writeTexts(vocabularyModel(connection, 'units'), names);
      // What it was kept in before: each word with its keys.
      await connection.collection('units_words').drop();
    },
  },
];
