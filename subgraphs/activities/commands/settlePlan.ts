import type { UnitVersionCopy } from '../../../schema/events.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActivityRow } from '../model/activity.ts';
import type { CatalogueRow } from '../model/catalogue.ts';
import type { Models } from '../model/models.ts';
import { activityDayProblems } from '../rules/activityDays.ts';
import { generationsOf, isCovered } from '../rules/coverage.ts';
import { houseSurveyProblems, noteProblems, unknownCodes } from '../rules/planCatalogue.ts';
import { plannedMoneyProblems } from '../rules/plannedMoney.ts';
import { peopleOfPlan, targetProblems } from '../rules/targets.ts';
import { checkHelpers } from './checkHelpers.ts';
import { atPlan, type Plan } from './planInput.ts';

/** What a plan is made on. */
interface PlanGround {
  readonly campaign: CampaignCopyRow;
  readonly unit: UnitCopyRow;
  readonly kind: string;
}

/** What of an activity its plan says. */
type Planned = Pick<
  ActivityRow,
  | 'pathAtEvent'
  | 'levelAtEvent'
  | 'provinceAtEvent'
  | 'regionAtEvent'
  | 'contentItemId'
  | 'contentItemCode'
  | 'coOrganiserIds'
  | 'title'
  | 'note'
  | 'startsOn'
  | 'endsOn'
  | 'area'
  | 'people'
  | 'groups'
  | 'funding'
  | 'plannedAmount'
  | 'plannedInKind'
>;

/** The content item that support counts towards when none is named: social welfare (DOMAIN §1). */
const WELFARE = 'ND5';

/**
 * Checks a plan against its campaign, its unit, the catalogues and the units that it names, and gives what the activity
 * keeps of it. Refuses with all that was found before or here.
 */
export async function settlePlan(tx: Tx<Models>, ground: PlanGround, plan: Plan): Promise<Planned> {
  const { campaign, unit } = ground;
  const version = versionOn(unit, plan.startsOn);
  if (!version) {
    const params = { unit: unit.code, day: plan.startsOn };
    tx.faults.add('UNIT_CLOSED_ON_DATE', { path: [...atPlan, 'startsOn'], params });
  }
  const entries = await tx.models.catalogue.find({}, {}, tx.options).lean<CatalogueRow[]>();
  for (const problem of planProblems(tx, ground, plan, entries)) tx.faults.add(...problem);
  const contentItem = contentItemOf(tx, campaign, plan);
  const coOrganiserIds = await checkHelpers(tx, unit, plan);
  if (version) await checkArea(tx, version, plan);
  tx.faults.check();
  if (!version) throw new Error('A plan without a unit was neither refused nor settled.');
  const { title, note, startsOn, endsOn, area, plannedAmount, inKind } = plan;
  return {
    pathAtEvent: version.path,
    levelAtEvent: version.level,
    provinceAtEvent: version.provinceCode,
    regionAtEvent: version.regionCode,
    ...contentItem,
    coOrganiserIds,
    ...{ title, note, startsOn, endsOn, area, plannedAmount },
    ...peopleOfPlan(plan),
    funding: plan.funding.map(({ source, planned }) => ({ code: source, planned, amount: 0 })),
    plannedInKind: inKind,
  };
}

const planProblems = (
  { today }: Tx<Models>,
  { campaign, kind }: PlanGround,
  plan: Plan,
  entries: readonly CatalogueRow[],
) => [
  ...activityDayProblems(plan, campaign, atPlan),
  ...unknownCodes(plan, entries, atPlan),
  ...noteProblems(plan, kind, entries, atPlan),
  ...houseSurveyProblems(plan, { kind, entries, today }, atPlan),
  ...targetProblems(plan, atPlan),
  ...plannedMoneyProblems(plan, atPlan),
];

/** The item that is named, else that of social welfare where the campaign has one. */
function contentItemOf(tx: Tx<Models>, { contentItems }: CampaignCopyRow, { contentItem }: Plan) {
  const item = contentItems.find(({ id, code }) =>
    contentItem === null ? code === WELFARE : id === contentItem,
  );
  if (contentItem !== null && !item) {
    const params = { type: 'ContentItem', key: contentItem };
    tx.faults.add('NOT_FOUND', { path: [...atPlan, 'contentItem'], params });
  }
  return { contentItemId: item?.id ?? null, contentItemCode: item?.code ?? null };
}

async function checkArea(
  { models, options, faults }: Tx<Models>,
  version: UnitVersionCopy,
  { area, startsOn }: Plan,
): Promise<void> {
  if (area === null) return;
  const generations = await models.units.find(generationsOf(area), {}, options).lean<UnitCopyRow[]>();
  if (isCovered(version, area, startsOn, generations)) return;
  faults.add('AREA_NOT_COVERED', { path: [...atPlan, 'area'], params: { area: area.code } });
}
