import { GraphError, inputInvalid } from '../../../server/errors.ts';
import { checkPageSize } from '../../records/connection.ts';
import { once } from '../../records/once.ts';
import type { PeriodInput } from '../../records/periodInput.ts';
import type { Context } from '../loaders.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { IndicatorRecord } from '../model/content.ts';
import type { CompletenessConnectionRecord, CompletenessRowRecord, Days } from '../model/report.ts';
import type { PeriodRecord } from '../model/shapes.ts';
import type { CampaignCompletenessArgs, IndicatorReportedArgs, RequireFields } from '../types.generated.ts';
import { checkCount, checkReports } from './access.ts';
import { campaignPeriod, daysOf } from './periods.ts';
import type { TargetsAsked } from './targets.ts';

/** Gives the rows of a unit's children in a campaign, and the unit's own totals. Throws FORBIDDEN, OUT_OF_SUBTREE, INPUT_INVALID. */
export async function completenessOf(
  campaign: CampaignRecord,
  {
    period: input,
    under,
    groupBy,
    first,
    after,
  }: RequireFields<CampaignCompletenessArgs, 'first' | 'period'>,
  { viewer, units, today, completeness }: Context,
): Promise<CompletenessConnectionRecord> {
  const unitId = under ? await units.idOf(under) : campaign.ownerId;
  await checkCount(viewer, () => units.pathOf(unitId));
  const period = campaignPeriod(input, campaign, today);
  const days = daysOf(input, period);
  const top = { campaignId: campaign._id, unitId };
  checkPageSize(first);
  const page = once(() => completeness.rows(top, { days, level: groupBy ?? null, first, after }));
  return { page, ...top, days, period };
}

/** Gives the counts of a unit and everything under it. Throws as {@link completenessOf} does. */
export async function reportStatsOf(
  unitId: string,
  { campaign: code, period: input }: { readonly campaign: string; readonly period: PeriodInput },
  { viewer, units, today, campaigns, completeness }: Context,
): Promise<CompletenessRowRecord> {
  await checkCount(viewer, () => units.pathOf(unitId));
  const campaign = await campaigns.daysByCode.load(code);
  if (!campaign) {
    throw inputInvalid(`There is no campaign with the code ${code}.`, { code });
  }
  const days = daysOf(input, campaignPeriod(input, campaign, today));
  return completeness.whole({ campaignId: campaign._id, unitId }, days);
}

/** Gives the days of a period inside the campaign of an indicator, as asked for and as it is named. */
async function daysOfIndicator(
  { campaignId }: IndicatorRecord,
  input: PeriodInput,
  { campaigns, today }: Context,
): Promise<{ days: Days; period: PeriodRecord }> {
  const campaign = await campaigns.daysById.load(campaignId);
  if (!campaign) throw new GraphError('NOT_FOUND', 'The campaign of this indicator is not published.');
  const period = campaignPeriod(input, campaign, today);
  return { days: daysOf(input, period), period };
}

interface TargetPlace {
  readonly under?: string | null | undefined;
  readonly period?: PeriodInput | null | undefined;
}

/** Gives under which unit and in which days targets of an indicator are asked for. */
export async function placeOfTargets(
  indicator: IndicatorRecord,
  { under, period }: TargetPlace,
  context: Context,
): Promise<Pick<TargetsAsked, 'underId' | 'days'>> {
  const underId = under ? await context.units.idOf(under) : null;
  const days = period ? (await daysOfIndicator(indicator, period, context)).days : null;
  return { underId, days };
}

/** Gives what was reported of an indicator, added up; null for one whose values must not be. Throws FORBIDDEN. */
export async function reportedOf(
  indicator: IndicatorRecord,
  { period: input, under }: IndicatorReportedArgs,
  context: Context,
): Promise<{ value: number; reports: number; period: PeriodRecord } | null> {
  checkReports(context.viewer);
  if (indicator.aggregation !== 'SUM') return null;
  const { days, period } = await daysOfIndicator(indicator, input, context);
  const underId = under ? await context.units.idOf(under) : null;
  const sums = await context.indicatorValues.sumsOf({ underId, days }, indicator.campaignId);
  return { ...(sums.get(indicator._id) ?? { value: 0, reports: 0 }), period };
}
