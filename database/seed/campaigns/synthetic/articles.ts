import { addDays } from '../../../../schema/scalars/period.ts';
import type { ArticleRow, CampaignRow } from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { randomOf } from '../../random.ts';
import { madeOn, placeOf } from '../belonging.ts';
import type { SeedUnit } from '../unitsOn.ts';
import { type Child, isLaunched } from './children.ts';

const deeds = [
  { vi: 'trao quà tặng gia đình chính sách', en: 'hands out gifts to policy families' },
  {
    vi: 'giúp người dân vùng dịch ổn định cuộc sống',
    en: 'helps people of epidemic areas settle their lives',
  },
  { vi: 'khởi công nhà tình nghĩa', en: 'starts to build a gratitude house' },
  { vi: 'phát động phong trào thi đua', en: 'launches the emulation movement' },
  {
    vi: 'tổ chức Ngày hội Toàn dân bảo vệ an ninh Tổ quốc',
    en: 'holds the festival of all people protecting security',
  },
  { vi: 'đưa dịch vụ công lên trực tuyến', en: 'puts services online' },
] as const;

/** Gives made-up articles about the units' campaigns and the ministry's, over ten months. */
export function* articleRows(
  main: CampaignRow,
  units: readonly SeedUnit[],
  children: readonly Child[],
  count: number,
): Generator<ArticleRow> {
  const writers = units.filter(
    ({ level }) => level === 'PROVINCE' || level === 'DEPARTMENT' || level === 'DISTRICT',
  );
  if (writers.length === 0) return;
  const own = new Map(
    children.flatMap(({ owner, campaign }) =>
      isLaunched(campaign) && campaign.status !== 'ARCHIVED' ? [[owner.id, campaign]] : [],
    ),
  );
  for (let number = 1; number <= count; number += 1) {
    const random = randomOf(`article:${number}`);
    const unit = random.pick(writers);
    yield articleRow(number, unit, random.chance(0.5) ? (own.get(unit.id) ?? main) : main);
  }
}

function articleRow(number: number, unit: SeedUnit, campaign: CampaignRow): ArticleRow {
  const random = randomOf(`article:${number}:text`);
  const deed = random.pick(deeds);
  const publishedOn = addDays('2021-09-15', random.int(0, 250));
  const english = unit.name.en ?? unit.code;
  return {
    _id: seededId('art', `sample:${number}`),
    campaignId: campaign._id,
    ...placeOf(unit),
    title: { vi: `${unit.name.vi} ${deed.vi} (bài mẫu)`, en: `${english} ${deed.en} (sample)` },
    body: {
      vi: `Hưởng ứng phong trào thi đua, ${unit.name.vi} ${deed.vi}.\nBài viết này là dữ liệu mẫu số ${number}; không có sự việc nào trong bài đã xảy ra.`,
      en: `In answer to the emulation movement, ${english} ${deed.en}.\nThis article is sample no. ${number}; nothing in it happened.`,
    },
    publishedOn,
    attribution: { vi: 'Dữ liệu mẫu do hệ thống này tạo ra.', en: 'Sample data made by this system.' },
    source: { title: 'Dữ liệu mẫu', date: publishedOn },
    synthetic: true,
    ...madeOn(publishedOn),
  };
}
