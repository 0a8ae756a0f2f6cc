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
];
