import type { mongo } from 'mongoose';
import { GraphError } from '../../../server/errors.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import type { LookupRow } from '../model/personal.ts';
import { digitsOfNumber } from '../rules/identityNumber.ts';

/**
 * Identity numbers that one person may send in an hour: a few full lists, and far too few to find out by trying which of
 * a million numbers belongs to somebody who was helped (DOMAIN §5.6).
 */
const LOOKUPS_AN_HOUR = 2_000;
const HOUR_MS = 3_600_000;
const DUPLICATE_KEY = 11_000;

/**
 * Counts the numbers of a request for the one who sends it. Hits and misses count alike, and it is written outside of
 * the command's transaction: a refused command is rolled back, and would otherwise be a free question.
 * Throws RATE_LIMITED.
 */
export async function countLookups(
  { models, viewer, now }: Pick<RequestScope<Models>, 'models' | 'viewer' | 'now'>,
  people: readonly { readonly idNumber?: string | null | undefined }[],
): Promise<void> {
  const numbers = new Set(people.flatMap(({ idNumber }) => (idNumber && digitsOfNumber(idNumber)) || []));
  if (numbers.size === 0) return;
  const hour = Math.floor(now.getTime() / HOUR_MS);
  const lookups = models.lookups.collection as unknown as mongo.Collection<LookupRow>;
  // The real instant, by which the row expires; the request's, which a test may stop, says which hour it is.
  const at = new Date();
  const add = () =>
    lookups.findOneAndUpdate(
      { _id: `${viewer.subject} ${hour}` },
      { $inc: { count: numbers.size }, $setOnInsert: { at } },
      { upsert: true, returnDocument: 'after' },
    );
  // Two first requests of an hour at once: the second finds the row when it tries again.
  const row = await add().catch((error: mongo.MongoServerError) => {
    if (error.code === DUPLICATE_KEY) return add();
    throw error;
  });
  if ((row?.count ?? 0) <= LOOKUPS_AN_HOUR) return;
  const retryAfterSeconds = Math.ceil(((hour + 1) * HOUR_MS - now.getTime()) / 1_000);
  throw new GraphError('RATE_LIMITED', `At most ${LOOKUPS_AN_HOUR} identity numbers an hour.`, {
    params: { limit: LOOKUPS_AN_HOUR, retryAfterSeconds },
  });
}
