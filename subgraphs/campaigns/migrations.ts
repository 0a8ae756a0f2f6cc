import type { Migration } from '../records/migrate.ts';

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
];
