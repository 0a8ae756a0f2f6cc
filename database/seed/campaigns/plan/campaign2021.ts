import type {
  ArticleRow,
  CampaignRow,
  ContentItemRecord,
  IndicatorRecord,
  IndicatorTargetRow,
} from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { belongingTo, madeOn, placeOf } from '../belonging.ts';
import type { SeedUnit } from '../unitsOn.ts';
import { basisTitles, english, trackingInVietnamese } from './english.ts';
import { articleSource, launchSource, planDocument, timeline } from './facts.ts';
import { indicatorRows, targetRow } from './measures.ts';
import { type Piece, type PlanData, readArticle, readPlan, type SourceArticle } from './source.ts';

/** The real campaign as rows; what our sources do not tell is null. */
export interface Plan {
  readonly campaign: CampaignRow;
  readonly contentItems: readonly ContentItemRecord[];
  readonly indicators: readonly IndicatorRecord[];
  readonly target: IndicatorTargetRow;
  readonly article: ArticleRow;
}

/** Gives the campaign of 2021 as its plan and the article about it tell it. */
export function buildPlan(ministry: SeedUnit): Plan {
  const data = readPlan();
  const article = readArticle();
  const campaign = campaignRow(data, article, ministry);
  const belongs = belongingTo(campaign);
  return {
    campaign,
    contentItems: data.contentItems.map((item) => ({
      ...belongs('cit', item.code),
      order: item.order,
      title: { vi: item.vi, en: item.en },
      text: itemTexts(article)[item.code] ?? null,
      trackable: item.trackable,
      tracking: { vi: trackingInVietnamese[item.code] ?? item.measures, en: item.measures },
      carriesOutId: null,
    })),
    indicators: indicatorRows(data, belongs),
    target: targetRow(data, belongs, ministry),
    article: articleRow(campaign, article, ministry),
  };
}

/** What the article says of each content item; it gives no numbers, the grouping is that of the data. */
const itemTexts = ({ piece }: SourceArticle): Readonly<Record<string, Piece>> => ({
  ND1: piece(8, 9, { vi: 'thi đua đặc biệt gồm: ', en: 'movement are: ' }),
  ND2: piece(9, 11),
  ND3: piece(11, 13),
  ND4: piece(13, 14),
  ND5: piece(14, 16),
  ND6: piece(16, 18),
});

/** The third stands in the middle of a line, after the movement's motto. */
const requirementsOf = ({ piece }: SourceArticle): Piece[] => [
  piece(3, 4),
  piece(4, 5),
  piece(5, 6),
  piece(7, 8, { vi: 'đại dịch COVID-19;” ', en: 'COVID-19 pandemic;” ' }),
];

function campaignRow(
  { campaign, legalBases, mottos }: PlanData,
  article: SourceArticle,
  ministry: SeedUnit,
): CampaignRow {
  return {
    _id: seededId('cmp', campaign.code),
    seq: 1,
    code: campaign.code,
    kind: campaign.kind,
    status: 'ACTIVE',
    synthetic: false,
    parentId: null,
    ownerId: ministry.id,
    pathAtEvent: ministry.path,
    line: ministry.line,
    scopePath: ministry.scopePath,
    title: {
      vi: 'Phong trào thi đua đặc biệt của Bộ Công an',
      en: 'Special emulation movement of the Ministry of Public Security',
    },
    theme: campaign.theme,
    purpose: article.piece(2, 3, { vi: 'nêu rõ: ', en: 'state: ' }),
    requirements: requirementsOf(article),
    mottos: mottos.map(({ code, role, vi }) => ({ code, role, text: { vi, en: english.mottos[code] } })),
    legalBases: legalBases.map(({ kind, number, date, issuer }, index) => ({
      kind: { vi: kind, en: english.kinds[kind] },
      document: { number, ...dated(date), issuer, title: basisTitles[index] ?? null },
    })),
    respondsTo: {
      name: { vi: campaign.respondsTo.vi, en: english.respondsTo },
      launchedBy: { vi: campaign.respondsTo.by, en: english.by },
    },
    plan: {
      kind: { vi: campaign.documentKind, en: english.kinds[campaign.documentKind] },
      document: planDocument(campaign),
      signatory: {
        title: { vi: campaign.signatory.title, en: english.signatory },
        name: campaign.signatory.name,
      },
    },
    issuedOn: campaign.issuedOn,
    launchedOn: '2021-08-17',
    launchSource,
    endsOn: campaign.endsOn,
    phases: [],
    timeline,
    criteria: [],
    ...madeOn(campaign.issuedOn),
  };
}

/** A date that is less than a day stays the text that it is. */
const dated = (date: string | null) =>
  date !== null && date.length < 10 ? { date: null, dateText: date } : { date, dateText: null };

const articleRow = (campaign: CampaignRow, { whole }: SourceArticle, ministry: SeedUnit): ArticleRow => ({
  _id: seededId('art', 'vietnamplus:post733959'),
  campaignId: campaign._id,
  ...placeOf(ministry),
  title: {
    vi: 'Bộ Công an phát động phong trào thi đua đặc biệt “Lá chắn phòng, chống dịch COVID-19 - Thanh bảo kiếm bảo đảm an ninh, trật tự”',
    en: 'The Ministry of Public Security launches a special emulation movement: a shield against COVID-19, a sword for security and order',
  },
  body: whole,
  publishedOn: null,
  attribution: {
    vi: 'Toàn văn bài đăng trên VietnamPlus (Thông tấn xã Việt Nam), post733959; tiêu đề và bản tiếng Anh do hệ thống này đặt và dịch.',
    en: 'The whole text published by VietnamPlus (Vietnam News Agency), post733959; headline and English are ours.',
  },
  source: articleSource,
  synthetic: false,
  ...madeOn('2021-08-15'),
});
