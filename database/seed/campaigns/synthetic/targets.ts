import type { IndicatorRecord, IndicatorTargetRow } from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { randomOf } from '../../random.ts';
import { madeOn, placeOf } from '../belonging.ts';
import type { SeedUnit } from '../unitsOn.ts';

/** Gives a made-up pledge of each province under the plan's target, most with a made-up published value. */
export function* targetRows(
  indicator: IndicatorRecord,
  units: readonly SeedUnit[],
): Generator<IndicatorTargetRow> {
  for (const unit of units.filter(({ level }) => level === 'PROVINCE')) {
    const random = randomOf(`target:${unit.code}`);
    const published = random.chance(0.9);
    yield {
      _id: seededId('tgt', `${indicator.address}:${unit.code}:2021`),
      indicatorId: indicator._id,
      ...placeOf(unit),
      period: '2021',
      comparator: 'LTE',
      threshold: -5 - random.int(0, 3),
      baseline: { year: 2020, value: null, note: null, source: sample('Đăng ký chỉ tiêu') },
      actual: published ? random.int(-95, -20) / 10 : null,
      actualSource: published ? sample('Báo cáo công bố') : null,
      source: sample('Đăng ký chỉ tiêu'),
      synthetic: true,
      ...madeOn('2021-08-31'),
    };
  }
}

const sample = (title: string) => ({ title: `${title} (dữ liệu mẫu)`, dateText: '2021' });
