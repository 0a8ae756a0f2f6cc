import type { Aggregate } from '../../records/command/aggregate.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { HouseRow } from '../model/house.ts';
import type { Models } from '../model/models.ts';

/** What commands of this subgraph write, and what of it the audit shows. */
export const activities: Aggregate<Models, ActivityRow> = {
  type: 'SupportActivity',
  readers: 'activities:read',
  model: (models) => models.activities,
  derived: ['month', 'week', 'unitMonth', 'words', 'authors'],
  streamed: true,
};

export const houses: Aggregate<Models, HouseRow> = {
  type: 'HouseProject',
  readers: 'activities:read',
  model: (models) => models.houses,
};

/** A household as an activity lists it. The audit names what of it changed and shows nothing of the person. */
export const beneficiaries: Aggregate<Models, DeliveryRow> = {
  type: 'Beneficiary',
  readers: 'people:read',
  model: (models) => models.deliveries,
  concealed: ['group', 'householdId', 'displayName', 'idTail', 'idHash'],
};
