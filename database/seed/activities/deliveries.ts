import { addDays } from '../../../schema/scalars/period.ts';
import type { DeliveryRow } from '../../../subgraphs/activities/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import { randomOf } from '../random.ts';
import type { Draft } from './draft.ts';
import { sensitiveGroups } from './kinds.ts';
import type { Lists } from './lists.ts';
import { areaOf } from './reportingUnits.ts';

/** A household of a list with the group it counts in, which the row itself may not name. */
export interface Listed {
  readonly row: DeliveryRow;
  readonly group: string;
  readonly size: number;
}

export const codeOfActivity = ({ index, startsOn }: Pick<Draft, 'index' | 'startsOn'>): string =>
  `HT-${startsOn.slice(0, 4)}-${String(index + 1).padStart(6, '0')}`;

/** Gives the list of an activity. The same household comes back in other lists of its commune, never twice in one. */
export function listOf(draft: Draft, deliveredOn: string, lists: Lists): Listed[] {
  const random = randomOf(`list:${draft.index}`);
  const length = lists.lengthOf(draft.index);
  const code = codeOfActivity(draft);
  const activityId = seededId('act', code);
  const pool = Math.max(length, lists.householdsIn(draft.commune));
  const start = random.int(0, pool - 1);
  const area = draft.commune === null ? null : areaOf(draft.commune);
  const place = draft.commune ?? draft.reporter.unit.code;
  return Array.from({ length }, (_, number) => {
    const group = random.pick(draft.kind.groups);
    const size = random.int(1, 6);
    const named = !sensitiveGroups.has(group);
    const agreed = random.chance(named ? 0.8 : 0.3);
    const handedOver = addDays(deliveredOn, random.int(0, 1));
    const writtenAt = new Date(`${handedOver}T09:00:00Z`);
    const row: DeliveryRow = {
      _id: seededId('ben', `${code}:${number}`),
      activityId,
      householdId: seededId('hhd', `${place}:${(start + number) % pool}`),
      group: named || agreed ? group : null,
      householdSize: size,
      displayName: null,
      idTail: null,
      idCheck: 'NOT_GIVEN',
      consent: agreed ? 'GIVEN' : 'NOT_ASKED',
      area,
      deliveredOn: handedOver,
      synthetic: true,
      createdAt: writtenAt,
      updatedAt: writtenAt,
      version: 1,
    };
    return { row, group, size };
  });
}
