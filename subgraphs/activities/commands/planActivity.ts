import { requireOwnUnit, requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { ActivityRow } from '../model/activity.ts';
import { derivedOf } from '../model/derived.ts';
import type { HouseRow } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import { authorsWith } from '../rules/authors.ts';
import { markOf } from '../rules/houseStages.ts';
import { campaignProblem } from '../rules/openCampaign.ts';
import { activities, houses } from './aggregates.ts';
import { newCode } from './newCode.ts';
import { type PlanActivity, planActivityInput } from './planInput.ts';
import { campaignByCode, placeOf, unitByCode } from './readCopies.ts';
import { settlePlan } from './settlePlan.ts';

/**
 * Plans an activity, and its house where the kind builds one. Refuses with INVALID_STATE of the campaign,
 * ACTIVITY_OUTSIDE_CAMPAIGN, UNIT_CLOSED_ON_DATE, FUNDING_MISMATCH, AMOUNT_NEGATIVE, HOUSE_DATE_ORDER; warns with
 * AREA_NOT_COVERED (DOMAIN §5.6).
 */
export const planActivity: Command<Models, PlanActivity, { readonly id: string }> = {
  name: 'planActivity',
  input: planActivityInput,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, { campaign: campaignCode, unit: unitCode, kind, plan }) => {
    const campaign = await campaignByCode(tx, campaignCode);
    const unit = await unitByCode(tx, unitCode);
    const place = await placeOf(tx, unit);
    requireOwnUnit(tx.viewer, place.scopePath);
    const problem = campaignProblem(campaign, ['input', 'campaign']);
    if (problem) tx.faults.add(...problem);
    const planned = await settlePlan(tx, { campaign, unit, kind }, plan);
    const code = newCode(`HT-${plan.startsOn.slice(0, 4)}`);
    const facts = {
      _id: randomId('act'),
      code,
      campaignId: campaign._id,
      campaignCode: campaign.code,
      unitId: unit._id,
      unitCode: unit.code,
      ...place,
      ...planned,
      ...derivedOf({ ...planned, code, unitCode: unit.code }),
      kind,
      ...nothingYet,
      authors: authorsWith({}, tx.viewer.subject),
    };
    const house = plan.house && (await insertHouse(tx, facts, plan.house.surveyedOn, plan.house.cost));
    await tx.insert(activities, { ...facts, house: house && markOf(house) });
    return { id: facts._id };
  },
};

const nothingYet = {
  status: 'PLANNED',
  amount: 0,
  inKind: [],
  deliveries: 0,
  evidence: [],
  synthetic: false,
} as const;

type OfActivity = Pick<HouseRow, (typeof ofActivity)[number]>;

/** Where a house stands is where its activity stands. */
const ofActivity = [
  'campaignId',
  'campaignCode',
  'unitId',
  'unitCode',
  'pathAtEvent',
  'levelAtEvent',
  'provinceAtEvent',
  'regionAtEvent',
  'unitPath',
  'scopePath',
  'area',
] as const;

const insertHouse = (
  tx: Tx<Models>,
  activity: OfActivity & Pick<ActivityRow, '_id' | 'plannedAmount'>,
  surveyedOn: string,
  cost: number | null,
): Promise<HouseRow> =>
  tx.insert(houses, {
    _id: randomId('hse'),
    code: newCode('NTN'),
    activityId: activity._id,
    ...(Object.fromEntries(ofActivity.map((field) => [field, activity[field]])) as unknown as OfActivity),
    status: 'SURVEYED',
    surveyedOn,
    approvedOn: null,
    startedOn: null,
    dueOn: null,
    completedOn: null,
    handedOverOn: null,
    cancelledOn: null,
    cost: cost ?? activity.plannedAmount,
    synthetic: false,
  });
