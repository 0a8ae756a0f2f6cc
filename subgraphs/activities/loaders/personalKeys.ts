import { requireRole } from '../../records/command/reach.ts';
import type { RequestScope } from '../../subgraph.ts';
import { namesUnder } from '../commands/sealAnew.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import type { PersonalDataKeyRecord } from '../model/personal.ts';
import type { PersonalData } from '../personal/personalData.ts';

/** Counts what each key has sealed, of the keys that are held and of those that are missed. Throws FORBIDDEN. */
export const personalKeysLoader =
  ({ models, viewer }: RequestScope<Models>, personal: PersonalData) =>
  async (): Promise<PersonalDataKeyRecord[]> => {
    requireRole(viewer, 'ADMIN');
    const byCampaign = await models.salts
      .aggregate<{ _id: string; count: number }>([
        { $match: { keyId: { $gt: '' } } },
        { $group: { _id: '$keyId', count: { $sum: 1 } } },
      ])
      .exec();
    const campaigns = new Map(byCampaign.map(({ _id, count }) => [_id, count]));
    const ids = new Set([...personal.keyIds, ...(await keysOfNames(models)), ...campaigns.keys()]);
    return Promise.all(
      [...ids].map(async (id) => {
        const names = await models.deliveries.countDocuments(namesUnder(id));
        const current = id === personal.currentKeyId;
        const left = names + (campaigns.get(id) ?? 0);
        return {
          id,
          current,
          held: personal.keyIds.includes(id),
          names,
          campaigns: campaigns.get(id) ?? 0,
          removable: !current && left === 0,
        };
      }),
    );
  };

/** Steps through the index from key to key: one short read for each. */
async function keysOfNames({ deliveries }: Models): Promise<string[]> {
  const found: string[] = [];
  for (let after = ''; ; ) {
    const next = await deliveries
      .findOne({ displayName: { $gt: after } }, { displayName: 1 })
      .sort({ displayName: 1 })
      .lean<Pick<DeliveryRow, 'displayName'>>();
    const [id] = next?.displayName?.split('.') ?? [];
    if (id === undefined) return found;
    found.push(id);
    after = `${id}/`;
  }
}
