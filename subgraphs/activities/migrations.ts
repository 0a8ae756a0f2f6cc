import type { Migration } from '../records/migrate.ts';

/** One command for all rows would hold up everybody else. */
const BATCH = 1_000;

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
      const activities = connection.collection<{ _id: string }>('activities_activities');
      const unitMonth = { $concat: ['$month', ' ', '$unitCode'] };
      for (let done = ''; ; ) {
        const batch = { _id: { $gt: done } };
        const [last] = await activities.find(batch).sort({ _id: 1 }).skip(BATCH).limit(1).toArray();
        const range = last ? { _id: { $gt: done, $lte: last._id } } : batch;
        await activities.updateMany({ ...range, unitMonth: { $exists: false } }, [{ $set: { unitMonth } }]);
        if (!last) return;
        done = last._id;
      }
    },
  },
];
