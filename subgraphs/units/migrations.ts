import type { Migration } from '../records/migrate.ts';
import { COLLECTION, recountChildren } from './model/childCounts.ts';

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
];
