import type { DossierState, TermRow } from '../../../subgraphs/awards/index.ts';

type Entry = readonly [code: string, vi: string, en: string];

const classes: readonly Entry[] = [
  ['TITLE', 'Danh hiệu thi đua', 'Emulation title'],
  ['ORDER', 'Huân chương', 'Order'],
  ['MEDAL', 'Huy chương', 'Medal'],
  ['STATE_HONOUR', 'Danh hiệu vinh dự nhà nước', 'State honorary title'],
  ['COMMEMORATIVE_MEDAL', 'Kỷ niệm chương', 'Commemorative medal'],
  ['CERT_MERIT', 'Bằng khen', 'Certificate of merit'],
  ['CERT_COMMEND', 'Giấy khen', 'Certificate of commendation'],
];

const authorities: readonly Entry[] = [
  ['PRESIDENT', 'Chủ tịch nước', 'The President'],
  ['PRIME_MINISTER', 'Thủ tướng Chính phủ', 'The Prime Minister'],
  ['MINISTER', 'Bộ trưởng Bộ Công an', 'The Minister of Public Security'],
  ['UNIT_HEAD', 'Thủ trưởng đơn vị', 'The head of a unit'],
];

/** Law 06/2022/QH15, chapter VII, on what revokes a decision. */
const grounds: readonly Entry[] = [
  ['FALSE_DECLARATION', 'Gian dối trong kê khai công trạng, thành tích', 'False declaration of achievements'],
  ['FALSE_PAPERS', 'Thông tin sai sự thật hoặc hồ sơ, giấy tờ giả', 'False information or forged papers'],
  ['AGAINST_LAW', 'Thẩm định, xét, duyệt, đề nghị trái quy định', 'Appraised or proposed against the law'],
  [
    'STANDARD_NOT_MET',
    'Có kết luận không bảo đảm tiêu chuẩn trong thời gian tính thành tích',
    'A finding that the standard was not met in the period counted',
  ],
];

interface Paper {
  readonly entry: Entry;
  readonly neededFrom: DossierState;
  readonly confirmations?: TermRow['confirmations'];
}

const papers: readonly Paper[] = [
  { entry: ['TO_TRINH', 'Tờ trình', 'Letter of proposal'], neededFrom: 'SUBMITTED' },
  {
    entry: ['BAO_CAO_THANH_TICH', 'Báo cáo thành tích', 'Report of achievements'],
    neededFrom: 'SUBMITTED',
    confirmations: ['DIRECT_SUPERIOR', 'SUBMITTING_LEVEL'],
  },
  {
    entry: ['BIEN_BAN_BINH_XET', 'Biên bản bình xét', 'Minutes of the unit’s review'],
    neededFrom: 'UNIT_REVIEWED',
  },
  {
    entry: ['SANG_KIEN', 'Quyết định công nhận sáng kiến', 'Decision recognising an initiative'],
    neededFrom: 'APPRAISED',
  },
  {
    entry: ['BIEN_BAN_HOI_DONG', 'Biên bản hội đồng thi đua, khen thưởng', 'Minutes of the council'],
    neededFrom: 'COUNCIL_VOTED',
  },
  {
    entry: ['Y_KIEN_CAP_TREN', 'Ý kiến của cấp có thẩm quyền', 'Opinion of the competent level'],
    neededFrom: 'FORWARDED',
  },
];

const rows = (list: TermRow['list'], entries: readonly Entry[]): TermRow[] =>
  entries.map(([code, vi, en], index) => ({
    _id: `${list}:${code}`,
    list,
    code,
    order: index + 1,
    name: { vi, en },
  }));

/** The papers with the state from which each is needed. */
export const paperTerms: readonly TermRow[] = rows(
  'PAPER',
  papers.map(({ entry }) => entry),
).map((row, index) => ({
  ...row,
  neededFrom: papers[index]?.neededFrom ?? 'SUBMITTED',
  confirmations: papers[index]?.confirmations ?? [],
}));

/** The small lists that an administrator keeps. */
export const terms: readonly TermRow[] = [
  ...rows('CLASS', classes),
  ...rows('AUTHORITY', authorities),
  ...rows('REVOCATION', grounds),
  ...paperTerms,
];

export const revocationGrounds: readonly string[] = grounds.map(([code]) => code);
