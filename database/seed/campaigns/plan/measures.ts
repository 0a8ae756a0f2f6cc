import type { IndicatorRecord, IndicatorTargetRow } from '../../../../subgraphs/campaigns/index.ts';
import { type Belongs, madeOn, placeOf } from '../belonging.ts';
import type { SeedUnit } from '../unitsOn.ts';
import { english } from './english.ts';
import { baselineSource, planDocument } from './facts.ts';
import { countedBySystem } from './indicators.ts';
import type { PlanData } from './source.ts';

/** Gives the plan's one target as an indicator, and the counting ones that are ours. */
export function indicatorRows({ targets }: PlanData, belongs: Belongs): IndicatorRecord[] {
  const aimed = targets.map(
    (target, index): IndicatorRecord => ({
      ...belongs('ind', target.code),
      contentItemId: belongs('cit', target.contentItem)._id,
      order: index + 1,
      name: { vi: target.vi, en: english.target },
      unitOfMeasure: { vi: '%', en: '%' },
      measure: 'PERCENT',
      direction: target.direction,
      aggregation: 'NONE',
      origin: 'PLAN',
    }),
  );
  const counted = countedBySystem.map(
    ({ item, measure, name, unitOfMeasure, code }, index): IndicatorRecord => ({
      ...belongs('ind', code),
      contentItemId: belongs('cit', item)._id,
      order: aimed.length + index + 1,
      name,
      unitOfMeasure,
      measure: measure ?? 'COUNT',
      direction: 'INCREASE',
      aggregation: 'SUM',
      origin: 'SYSTEM',
    }),
  );
  return [...aimed, ...counted];
}

/** Gives the ministry's target; its baseline is known from another source than the plan, its result from none. */
export function targetRow(
  { targets: [target], campaign }: PlanData,
  belongs: Belongs,
  ministry: SeedUnit,
): IndicatorTargetRow {
  if (!target) throw new RangeError('The plan has no target.');
  return {
    _id: belongs('tgt', `${target.code}:${ministry.code}:${target.period}`)._id,
    indicatorId: belongs('ind', target.code)._id,
    ...placeOf(ministry),
    period: target.period,
    comparator: target.comparator,
    threshold: target.threshold,
    baseline: {
      year: target.baselineYear,
      value: null,
      note: {
        vi: 'Kế hoạch không nêu năm so sánh; "so với năm 2020" là theo cam kết của Công an Đắk Nông năm 2021',
        en: 'The plan names no baseline; "compared with 2020" is from the pledge of the police of Đắk Nông in 2021',
      },
      source: baselineSource,
    },
    actual: null,
    actualSource: null,
    source: planDocument(campaign),
    synthetic: false,
    ...madeOn(campaign.issuedOn),
  };
}
