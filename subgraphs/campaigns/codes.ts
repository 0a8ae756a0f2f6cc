import type { Outcomes } from '../records/command/outcomes.ts';

/** The expected outcomes of commands on campaigns, reports and clusters (DOMAIN §5.6). */
export const outcomes = {
  CAMPAIGN_DATES: {
    text: ({ rule, ruleVi }) => ({
      vi: `Ngày không hợp lệ: ${ruleVi}.`,
      en: `The days do not fit: ${rule}.`,
    }),
  },
  CAMPAIGN_CODE_TAKEN: {
    text: ({ code }) => ({
      vi: `Mã phong trào ${code} đã được dùng.`,
      en: `The campaign code ${code} is taken.`,
    }),
  },
  PARENT_NOT_ACTIVE: {
    text: ({ code, status }) => ({
      vi: `Phong trào cấp trên ${code} không ở giai đoạn có thể hưởng ứng (${status}).`,
      en: `The parent campaign ${code} cannot be joined in its state ${status}.`,
    }),
  },
  LEGAL_BASIS_REQUIRED: {
    text: () => ({
      vi: 'Kế hoạch phải nêu ít nhất một căn cứ.',
      en: 'The plan must name at least one legal basis.',
    }),
  },
  LEGAL_BASIS_EXPIRED: {
    severity: 'WARNING',
    text: ({ document, before }) => ({
      vi: `Căn cứ ${document} đã hết hiệu lực từ ngày ${before}.`,
      en: `The legal basis ${document} has not been in force since ${before}.`,
    }),
  },
  THEME_REQUIRED_VI: {
    text: () => ({
      vi: 'Phong trào phải có chủ đề bằng tiếng Việt.',
      en: 'A campaign needs a theme in Vietnamese.',
    }),
  },
  CRITERIA_TOTAL_NOT_100: {
    severity: 'WARNING',
    text: ({ total }) => ({
      vi: `Tổng điểm các tiêu chí là ${total}, không phải 100.`,
      en: `The criteria add up to ${total}, not to 100.`,
    }),
  },
  FUNDING_UNCONFIRMED: {
    text: () => ({
      vi: 'Kinh phí chưa được xác nhận; phong trào chưa thể công bố.',
      en: 'The funding is not confirmed; the campaign cannot be published yet.',
    }),
  },
  REPORT_DUPLICATE: {
    text: ({ period }) => ({
      vi: `Đơn vị đã có báo cáo cho kỳ ${period} của phong trào này.`,
      en: `The unit has a report for the period ${period} of this campaign already.`,
    }),
  },
  REPORT_PERIOD_CLOSED: {
    text: ({ period, rule, ruleVi }) => ({
      vi: `Không thể báo cáo cho kỳ ${period}: ${ruleVi}.`,
      en: `The period ${period} cannot be reported: ${rule}.`,
    }),
  },
  INDICATOR_NOT_ADDITIVE: {
    text: ({ code }) => ({
      vi: `Chỉ tiêu ${code} không cộng dồn được.`,
      en: `The indicator ${code} is not additive; it is never summed.`,
    }),
  },
  SOURCE_REQUIRED: {
    text: () => ({
      vi: 'Số liệu nhập tay phải kèm văn bản nguồn.',
      en: 'A figure that is typed in needs its source document.',
    }),
  },
  REPORT_EMPTY: {
    text: () => ({
      vi: 'Báo cáo chưa có số liệu và chưa có nội dung.',
      en: 'The report has neither values nor words.',
    }),
  },
  PARTICIPATION_DUPLICATE: {
    text: ({ unit, campaign }) => ({
      vi: `Đơn vị ${unit} đã đăng ký tham gia phong trào ${campaign}.`,
      en: `The unit ${unit} takes part in the campaign ${campaign} already.`,
    }),
  },
  UNIT_ABSENT: {
    text: ({ unit, day }) => ({
      vi: `Đơn vị ${unit} không tồn tại vào ngày ${day}.`,
      en: `The unit ${unit} did not exist on ${day}.`,
    }),
  },
  UNIT_OUTSIDE_CAMPAIGN: {
    text: ({ campaign }) => ({
      vi: `Đơn vị không thuộc đơn vị chủ trì phong trào ${campaign}.`,
      en: `The unit does not stand under the unit that leads the campaign ${campaign}.`,
    }),
  },
  CLUSTER_CODE_TAKEN: {
    text: ({ code, year }) => ({
      vi: `Năm ${year} đã có cụm thi đua mang mã ${code}.`,
      en: `There is an emulation cluster with the code ${code} in ${year} already.`,
    }),
  },
  CLUSTER_NOT_MEMBER: {
    text: ({ unit }) => ({
      vi: `Đơn vị ${unit} không phải thành viên của cụm.`,
      en: `The unit ${unit} is no member of the cluster.`,
    }),
  },
  CLUSTER_SELF_SCORE: {
    text: () => ({
      vi: 'Đơn vị không tự chấm điểm cho mình.',
      en: 'A unit does not score itself.',
    }),
  },
  CLUSTER_SCORED: {
    text: () => ({
      vi: 'Cụm đã có điểm; không thể đổi tiêu chí hoặc đưa thành viên đã chấm điểm, đã được chấm điểm ra khỏi cụm.',
      en: 'The cluster has scores: neither its criteria nor members that scored or were scored can go.',
    }),
  },
} satisfies Outcomes;
