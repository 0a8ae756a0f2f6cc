import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import { type PersonalData, placeOfName } from '../personal/personalData.ts';
import { tailOfNumber } from '../rules/identityNumber.ts';
import type { PersonInput } from './deliveryInputs.ts';

/** A household that was checked: what was said of it, and what its number became. */
interface Checked {
  readonly person: PersonInput;
  readonly deliveredOn: string;
  readonly digits: string | null;
  readonly hash: string | null;
  readonly householdId: string;
}

/** Makes the row of a household: the name is sealed, and of the number only the hash and the tail go in. */
export function deliveryRow(
  tx: Tx<Models>,
  personal: PersonalData,
  activity: Pick<ActivityRow, '_id' | 'area'>,
  { person, deliveredOn, digits, hash, householdId }: Checked,
): DeliveryRow {
  const _id = randomId('ben');
  const { group, householdSize, consent, displayName } = person;
  return {
    _id,
    activityId: activity._id,
    householdId,
    group,
    householdSize,
    displayName: displayName === null ? null : personal.seal(placeOfName(_id), displayName),
    idTail: digits === null ? null : tailOfNumber(digits),
    ...(hash === null ? {} : { idHash: hash }),
    idCheck: digits === null ? 'NOT_GIVEN' : 'FORMAT_OK',
    consent,
    area: person.area ?? activity.area,
    deliveredOn,
    synthetic: false,
    createdAt: tx.now,
    updatedAt: tx.now,
    version: 1,
  };
}
