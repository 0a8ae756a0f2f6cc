import type { Migration } from '../records/migrate.ts';

/** Changes of stored shapes since the first version, in their order. */
export const migrations: readonly Migration[] = [
  {
    // Rows of households had no life of their own before consent could be taken back.
    id: '2026-11-household-versions',
    run: async (connection) => {
      const now = new Date();
      await connection
        .collection('activities_deliveries')
        .updateMany(
          { version: { $exists: false } },
          { $set: { version: 1, createdAt: now, updatedAt: now } },
        );
    },
  },
  {
    // The export found where a page begins only by walking through its month.
    id: '2026-11-unit-months',
    run: async (connection) => {
      await connection
        .collection('activities_activities')
        .updateMany({ unitMonth: { $exists: false } }, [
          { $set: { unitMonth: { $concat: ['$month', ' ', '$unitCode'] } } },
        ]);
    },
  },
];
