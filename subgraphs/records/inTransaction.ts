import type { ClientSession, Connection } from 'mongoose';

/** What is read is one snapshot, and what is written outlives the loss of a node (MongoDB manual, "Transactions"). */
const options = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority' },
  readPreference: 'primary',
} as const;

/**
 * Does work in one transaction of a session of its own, and gives what it gives. The work may run several times: MongoDB
 * asks for that when transactions meet. Whatever it throws rolls everything back.
 */
export async function inTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession();
  try {
    return await session.withTransaction(() => work(session), options);
  } finally {
    await session.endSession();
  }
}
