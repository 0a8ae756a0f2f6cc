import { randomUUID } from 'node:crypto';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import type { Job, JobScope } from '../../records/feed/jobs.ts';
import { CLEARED_AT_ONCE, clearPeople } from '../commands/clearPeople.ts';
import { endPersonalData } from '../commands/endPersonalData.ts';
import type { Models } from '../model/models.ts';
import type { SaltRow } from '../model/personal.ts';
import { closedBy, closedStatuses } from '../rules/retention.ts';

/** A campaign whose rows are to be cleared. */
interface Ended {
  readonly _id: string;
  readonly clears: 'NUMBERS' | 'ALL';
  readonly destroyedAt: Date;
}

const EVERY_MS = 60_000;
const ACTIVITIES_AT_ONCE = 200;

/** A list that was read before the salt was destroyed is committed by then: MongoDB ends transactions after a minute. */
const LAST_COMMITS_MS = 5 * 60_000;

/**
 * Ends the personal data of campaigns whose time is over, and takes it out of the rows of those where it was ended, by this
 * or by an administrator. It can begin anew at any point: what is done already is not found again.
 */
export const retainPeople: Job<Models> = {
  name: 'retainPeople',
  everyMs: EVERY_MS,
  run: async (scope) => {
    for (const { _id, endsOn } of await dueCampaigns(scope)) {
      const why = `Retention: ${scope.secrets.retentionMonths} months after the campaign closed on ${endsOn}.`;
      await scope.command(endPersonalData, { idempotencyKey: randomUUID(), campaignId: _id, reason: why });
    }
    const ended = await scope.models.salts
      .find({ clears: { $in: ['NUMBERS', 'ALL'] }, clearedAt: null })
      .lean<Ended[]>();
    for (const salt of ended) await clearCampaign(scope, salt);
  },
};

async function dueCampaigns({ models, today, secrets }: JobScope<Models>): Promise<CampaignCopyRow[]> {
  const due = await models.campaigns
    .find({
      status: { $in: closedStatuses },
      endsOn: { $gt: '', $lte: closedBy(today, secrets.retentionMonths) },
    })
    .lean<CampaignCopyRow[]>();
  if (due.length === 0) return [];
  const done = await models.salts
    .find({ _id: { $in: due.map(({ _id }) => _id) }, clears: 'ALL' }, { _id: 1 })
    .lean<Pick<SaltRow, '_id'>[]>();
  const over = new Set(done.map(({ _id }) => _id));
  return due.filter(({ _id }) => !over.has(_id));
}

async function clearCampaign(scope: JobScope<Models>, { _id, clears, destroyedAt }: Ended): Promise<void> {
  const { models, now } = scope;
  const campaign = await models.campaigns.findOne({ _id }, { code: 1 }).lean<Pick<CampaignCopyRow, 'code'>>();
  let page: string[] = [];
  let isClear = true;
  const activities = models.activities
    .find({ campaignCode: campaign?.code ?? '' }, { _id: 1 })
    .lean()
    .cursor({ batchSize: ACTIVITIES_AT_ONCE });
  for await (const activity of activities) {
    page.push(activity._id);
    if (page.length < ACTIVITIES_AT_ONCE) continue;
    isClear = (await clearActivities(scope, page, clears)) && isClear;
    page = [];
  }
  isClear = (await clearActivities(scope, page, clears)) && isClear;
  if (!isClear || now.getTime() - destroyedAt.getTime() < LAST_COMMITS_MS) return;
  // Only if nothing more was asked to go meanwhile.
  await models.salts.updateOne({ _id, clears, clearedAt: null }, { $set: { clearedAt: now } });
}

/** Says whether nothing is left in the lists of the activities. */
async function clearActivities(
  { command }: JobScope<Models>,
  activityIds: readonly string[],
  clears: Ended['clears'],
): Promise<boolean> {
  if (activityIds.length === 0) return true;
  for (;;) {
    const { result } = await command(clearPeople, { idempotencyKey: randomUUID(), activityIds, clears });
    // Somebody was faster with one of the rows; the next run finds what is left.
    if (!result) return false;
    if (result.cleared < CLEARED_AT_ONCE) return true;
  }
}
