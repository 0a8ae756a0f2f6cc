import type { Outcomes, Params } from '../records/command/outcomes.ts';

/** A rule's own explanation stands behind what the rule is about; both languages come as parameters. */
const because =
  (vi: string, en: string) =>
  (params: Params): { vi: string; en: string } => ({
    vi: params.vi === undefined ? vi : `${vi} ${params.vi}`,
    en: params.en === undefined ? en : `${en} ${params.en}`,
  });

/** The expected outcomes of commands on dossiers and awards (DOMAIN §5.6); those of rules are the rules' own codes. */
export const outcomes = {
  FORM_NOT_FOR_RECIPIENT: {
    text: because('Hình thức không phù hợp đối tượng.', 'The form does not fit the recipient.'),
  },
  FORM_NOT_IN_REGIME: {
    text: because(
      'Hình thức không có trong luật của ngày tiếp nhận.',
      'The law of the day of receipt does not know the form.',
    ),
  },
  AUTHORITY_TOO_LOW: {
    text: because('Sai thẩm quyền quyết định.', 'The wrong authority is asked to decide.'),
  },
  PAPER_MISSING: { text: because('Hồ sơ chưa đủ giấy tờ.', 'The dossier lacks papers.') },
  DOUBLE_AWARD_SAME_ACHIEVEMENT: {
    text: because(
      'Không khen thưởng nhiều lần, nhiều hình thức cho một thành tích.',
      'One achievement is not commended several times.',
    ),
  },
  DUPLICATE_IN_PAYLOAD: {
    text: ({ what, first }) => ({
      vi: `Trùng trong cùng một yêu cầu: ${what} đã có ở mục ${first}.`,
      en: `Twice in one request: ${what} stands at item ${first} already.`,
    }),
  },
  DUPLICATE_PENDING: {
    text: because(
      'Đối tượng đã có hồ sơ cùng hình thức đang xét.',
      'The recipient has an open dossier for this form.',
    ),
  },
  STATE_LEVEL_TWICE_IN_YEAR: {
    text: because(
      'Không khen thưởng cấp Nhà nước hai lần trong một năm.',
      'State-level forms are not given twice within a year.',
    ),
  },
  UNDER_DISCIPLINE: {
    text: because('Chưa đủ điều kiện về kỷ luật.', 'Discipline stands in the way, or was not asked about.'),
  },
  QUOTA_EXCEEDED: {
    text: because('Không bảo đảm tỷ lệ của danh hiệu.', 'The quota of the title does not allow it.'),
  },
  QUORUM_NOT_MET: {
    text: because('Hội đồng chưa họp hợp lệ.', 'The council has not met validly.'),
  },
  VOTE_BELOW_MARK: {
    text: because('Chưa đạt tỷ lệ phiếu của hội đồng.', 'The council has not voted in favour.'),
  },
  SELF_DECISION: {
    text: because('Không ai quyết định về chính mình.', 'Nobody decides about oneself.'),
  },
  NOTICE_PERIOD_OPEN: {
    text: because('Thời gian công khai chưa kết thúc.', 'The public notice is not over.'),
  },
  ALREADY_REVOKED: {
    text: ({ on }) => ({
      vi: `Quyết định khen thưởng đã bị hủy bỏ ngày ${on}.`,
      en: `The award was revoked on ${on}.`,
    }),
  },
  REGIME_CHANGED: {
    severity: 'WARNING',
    text: ({ draft, received }) => ({
      vi: `Hồ sơ được lập theo chế độ ${draft}; ngày tiếp nhận áp dụng chế độ ${received}.`,
      en: `The draft was written under ${draft}; on the day of receipt ${received} holds.`,
    }),
  },
} satisfies Outcomes;
