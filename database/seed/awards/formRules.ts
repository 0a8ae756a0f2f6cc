import type { FormRuleRecord, Regime, RuleProvenanceRecord } from '../../../subgraphs/awards/index.ts';
import type { CatalogueRow } from './forms.ts';
import { proposed, sourced, unverified } from './provenance.ts';

/** A span of days of receipt over which the figures of a form do not change. */
interface Span {
  readonly regime: Regime;
  readonly from: string;
  readonly before: string | null;
  /** From the day the districts ended, the lowest head who decides is a province's. */
  readonly districts: boolean;
}

const decree2017: Span = { regime: 'L2003', from: '2017-10-01', before: '2024-01-01', districts: true };
const amended: Span = { regime: 'L2022A', from: '2026-10-01', before: null, districts: false };
const decree2023: Span = { regime: 'L2022', from: '2024-01-01', before: '2025-07-01', districts: true };
const decree2025: Span = { regime: 'L2022', from: '2025-07-01', before: '2026-10-01', districts: false };
const noDistricts = '2025-03-01';

/** Heads of units are those of districts until 2025-02-28; the other authorities did not change that day. */
const spansOf = ({ decidedBy }: CatalogueRow): readonly Span[] =>
  decidedBy === 'UNIT_HEAD'
    ? [
        decree2017,
        { ...decree2023, before: noDistricts },
        { ...decree2023, from: noDistricts, districts: false },
        decree2025,
        amended,
      ]
    : [decree2017, decree2023, decree2025, amended];

/** Titles whose council votes by Decree 91/2017, article 45.8: 90% of all members, in secret. */
const ninetyPercent = new Set(['CSTD_BCA', 'CSTD_TQ', 'DH_AHLLVTND']);
/** Multiples that were read in Decree 152/2025 itself. */
const readIn2025 = new Set(['CSTD_TQ', 'CSTD_BCA', 'LDTT']);
const initiative = new Set(['CSTD_TQ', 'CSTD_BCA', 'CSTD_CS']);

/** Some figures of a rule, and what they rest on. */
interface Figures<Key extends keyof FormRuleRecord> {
  readonly figures: Pick<FormRuleRecord, Key>;
  readonly rests: readonly RuleProvenanceRecord[];
}

function authorityOf(row: CatalogueRow, span: Span): Figures<'decidedBy' | 'minLevel'> {
  const [, mark = 'M', note] = /authority:([SM])(?:\(([^)]*)\))?/u.exec(row.source) ?? [];
  const known = mark === 'S' && span.regime === 'L2022';
  const minLevel =
    row.decidedBy === 'MINISTER'
      ? ('MINISTRY' as const)
      : row.decidedBy === 'UNIT_HEAD'
        ? span.districts
          ? ('DISTRICT' as const)
          : ('PROVINCE' as const)
        : null;
  const source = note ?? 'Luật 06/2022/QH15, Đ. 80';
  return {
    figures: { decidedBy: row.decidedBy, minLevel },
    rests: [
      known ? sourced('decidedBy', source) : unverified('decidedBy', note ?? null),
      unverified('minLevel', null),
    ],
  };
}

function voteOf({ code }: CatalogueRow, { regime }: Span): Figures<'quorumPercent' | 'passMarkPercent'> {
  if (!ninetyPercent.has(code)) {
    return {
      figures: { quorumPercent: 67, passMarkPercent: 70 },
      rests: [proposed('quorumPercent', null), proposed('passMarkPercent', null)],
    };
  }
  const decree = 'Nghị định 91/2017/NĐ-CP, Đ. 45.8 (banthiduakhenthuongtw.gov.vn)';
  return {
    figures: { quorumPercent: 90, passMarkPercent: 90 },
    rests: [
      proposed('quorumPercent', 'Fewer could not reach the pass mark'),
      regime === 'L2003' ? sourced('passMarkPercent', decree) : unverified('passMarkPercent', null),
    ],
  };
}

function bonusOf(
  { code, bonusMultiple }: CatalogueRow,
  span: Span,
): Figures<'bonusMultiple' | 'bonusRounding'> {
  if (bonusMultiple === null) return { figures: { bonusMultiple: null, bonusRounding: null }, rests: [] };
  const multiple =
    span.regime === 'L2022' && span.from < decree2025.from
      ? sourced('bonusMultiple', 'Nghị định 98/2023/NĐ-CP, Đ. 54')
      : span === decree2025 && readIn2025.has(code)
        ? sourced('bonusMultiple', 'Nghị định 152/2025/NĐ-CP (dantri.com.vn, 2025-12-06)')
        : unverified('bonusMultiple', 'As in Nghị định 98/2023/NĐ-CP, Đ. 54');
  const rounding =
    span.regime === 'L2003'
      ? sourced('bonusRounding', 'Nghị định 91/2017/NĐ-CP, Đ. 68.2 (banthiduakhenthuongtw.gov.vn)')
      : unverified('bonusRounding', 'As in Nghị định 91/2017/NĐ-CP, Đ. 68.2');
  return {
    figures: { bonusMultiple, bonusRounding: { mode: 'UP', to: 10_000 } },
    rests: [multiple, rounding],
  };
}

function quotaOf({ code }: CatalogueRow, { regime }: Span): Figures<'titleQuotaPercent' | 'titleQuotaOf'> {
  if (code !== 'CSTD_CS') return { figures: { titleQuotaPercent: null, titleQuotaOf: [] }, rests: [] };
  const decree = 'Nghị định 91/2017/NĐ-CP, Đ. 9.3 (thuvienphapluat.vn)';
  return {
    figures: { titleQuotaPercent: 15, titleQuotaOf: ['CSTT', 'LDTT'] },
    rests: [
      regime === 'L2003' ? sourced('titleQuotaPercent', decree) : unverified('titleQuotaPercent', null),
    ],
  };
}

function papersOf({ code, stateLevel }: CatalogueRow, { regime }: Span): Figures<'requiredPapers'> {
  const requiredPapers = ['TO_TRINH', 'BAO_CAO_THANH_TICH', 'BIEN_BAN_BINH_XET'];
  if (initiative.has(code)) requiredPapers.push('SANG_KIEN');
  requiredPapers.push('BIEN_BAN_HOI_DONG');
  if (stateLevel) requiredPapers.push('Y_KIEN_CAP_TREN');
  const texts = { L2003: 'Thông tư 12/2019/TT-BCA, Đ. 31', L2022: 'Luật 06/2022/QH15, Đ. 84', L2022A: null };
  const text = texts[regime];
  return {
    figures: { requiredPapers },
    rests: [
      text ? sourced('requiredPapers', text) : unverified('requiredPapers', null),
      ...(stateLevel ? [unverified('requiredPapers.Y_KIEN_CAP_TREN', null)] : []),
    ],
  };
}

function ruleRow(row: CatalogueRow, span: Span): FormRuleRecord {
  const authority = authorityOf(row, span);
  const vote = voteOf(row, span);
  const quota = quotaOf(row, span);
  const bonus = bonusOf(row, span);
  const papers = papersOf(row, span);
  const notice: Figures<'noticeDays'> = row.stateLevel
    ? { figures: { noticeDays: 10 }, rests: [unverified('noticeDays', null)] }
    : { figures: { noticeDays: null }, rests: [] };
  return {
    _id: `${row.code}:${span.regime}:${span.from}`,
    form: row.code,
    regime: span.regime,
    from: span.from,
    before: span.before,
    ...authority.figures,
    ...vote.figures,
    ...quota.figures,
    ...bonus.figures,
    ...papers.figures,
    ...notice.figures,
    provenance: [authority, vote, quota, bonus, papers, notice].flatMap(({ rests }) => rests),
  };
}

/** Gives the rules of every form for every regime, one row for each span over which its figures hold. */
export const ruleRows = (rows: readonly CatalogueRow[]): FormRuleRecord[] =>
  rows.flatMap((row) => spansOf(row).map((span) => ruleRow(row, span)));
