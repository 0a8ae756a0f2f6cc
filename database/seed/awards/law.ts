import type {
  BaseSalaryRecord,
  CitationRow,
  LegalRegimeRecord,
  Regime,
} from '../../../subgraphs/awards/index.ts';
import { sourced, unverified } from './provenance.ts';

/** The regimes with their days (the domain's register of laws); each rests on what it names. */
export const regimeRows: readonly LegalRegimeRecord[] = [
  {
    _id: 'L2003',
    name: { vi: 'Luật Thi đua, Khen thưởng 2003', en: 'Law on Emulation and Commendation of 2003' },
    texts: [
      'Luật 15/2003/QH11, sửa đổi 2005, 2009, 2013',
      'Nghị định 91/2017/NĐ-CP',
      'Thông tư 12/2019/TT-BCA',
    ],
    from: '2004-07-01',
    before: '2024-01-01',
    provenance: [
      sourced('texts', 'thuvienphapluat.vn; Pháp điển, moj.gov.vn'),
      unverified('from', null),
      sourced('before', 'Luật 06/2022/QH15'),
    ],
  },
  {
    _id: 'L2022',
    name: { vi: 'Luật Thi đua, Khen thưởng 2022', en: 'Law on Emulation and Commendation of 2022' },
    texts: [
      'Luật 06/2022/QH15',
      'Nghị định 98/2023/NĐ-CP; từ 01/7/2025 Nghị định 152/2025/NĐ-CP',
      'Thông tư 01/2024/TT-BNV; từ 05/8/2025 Thông tư 15/2025/TT-BNV',
    ],
    from: '2024-01-01',
    before: '2026-10-01',
    provenance: [sourced('texts', 'moj.gov.vn'), sourced('from', 'Luật 06/2022/QH15')],
  },
  {
    _id: 'L2022A',
    name: {
      vi: 'Luật Thi đua, Khen thưởng 2022, sửa đổi 2026',
      en: 'Law on Emulation and Commendation of 2022 as amended in 2026',
    },
    texts: ['Luật 06/2022/QH15', 'Luật 06/2026/QH16'],
    from: '2026-10-01',
    before: null,
    provenance: [unverified('texts', 'vanban.chinhphu.vn, docid 218100, cited at second hand')],
  },
];

/** The base salary of public servants. */
export const salaryRows: readonly BaseSalaryRecord[] = [
  {
    _id: '2019-07-01',
    amount: 1_490_000,
    from: '2019-07-01',
    before: '2023-07-01',
    provenance: [sourced('amount', 'Nghị định 38/2019/NĐ-CP (thuvienphapluat.vn)')],
  },
  {
    _id: '2023-07-01',
    amount: 1_800_000,
    from: '2023-07-01',
    before: '2024-07-01',
    provenance: [sourced('amount', 'Nghị định 24/2023/NĐ-CP (qdnd.vn)')],
  },
  {
    _id: '2024-07-01',
    amount: 2_340_000,
    from: '2024-07-01',
    before: null,
    provenance: [unverified('amount', 'Nghị định 73/2024/NĐ-CP')],
  },
];

type Mark = 'SOURCED' | 'UNVERIFIED' | 'PROPOSED';
type Cited = readonly [mark: Mark, source: string];
const check: Cited = ['UNVERIFIED', 'Chưa kiểm tra trong văn bản của chế độ này'];
const ours: Cited = ['PROPOSED', 'Quy tắc của hệ thống'];

/** Rule of eligibility → where it stands in L2003, L2022, L2022A. */
const cited: Readonly<Record<string, readonly [Cited, Cited, Cited]>> = {
  FORM_NOT_IN_REGIME: [check, ['SOURCED', 'Luật 06/2022/QH15, Đ. 9'], check],
  FORM_NOT_FOR_RECIPIENT: [check, ['SOURCED', 'Luật 06/2022/QH15, Đ. 19, 20'], check],
  AUTHORITY_TOO_LOW: [check, ['SOURCED', 'Luật 06/2022/QH15, Đ. 80'], check],
  SELF_DECISION: [ours, ours, ours],
  PAPER_MISSING: [
    ['SOURCED', 'Thông tư 12/2019/TT-BCA, Đ. 31'],
    ['SOURCED', 'Luật 06/2022/QH15, Đ. 84'],
    check,
  ],
  UNDER_DISCIPLINE: [['SOURCED', 'Thông tư 12/2019/TT-BCA, Đ. 2'], check, check],
  DOUBLE_AWARD_SAME_ACHIEVEMENT: [
    ['SOURCED', 'Thông tư 12/2019/TT-BNV'],
    ['SOURCED', 'Luật 06/2022/QH15, Đ. 5.2c'],
    ['UNVERIFIED', 'Luật 06/2026/QH16, theo dự thảo'],
  ],
  DUPLICATE_PENDING: [ours, ours, ours],
  STATE_LEVEL_TWICE_IN_YEAR: [['SOURCED', 'Thông tư 12/2019/TT-BNV'], check, check],
  QUOTA_EXCEEDED: [['SOURCED', 'Nghị định 91/2017/NĐ-CP, Đ. 9.3'], check, check],
  QUORUM_NOT_MET: [ours, ours, ours],
  VOTE_BELOW_MARK: [['SOURCED', 'Nghị định 91/2017/NĐ-CP, Đ. 45.8'], check, check],
  NOTICE_PERIOD_OPEN: [check, check, check],
};

const regimes: readonly Regime[] = ['L2003', 'L2022', 'L2022A'];

/** Where each rule of eligibility comes from under each regime. */
export const citationRows: readonly CitationRow[] = Object.entries(cited).flatMap(([rule, byRegime]) =>
  regimes.map((regime, index) => {
    const [mark, source] = byRegime[index] ?? check;
    return { _id: `${rule}:${regime}`, rule, regime, mark, source };
  }),
);
