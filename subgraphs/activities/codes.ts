import type { Outcomes } from '../records/command/outcomes.ts';

/** The expected outcomes of commands on activities, houses and people who were helped (DOMAIN §5.6). */
export const outcomes = {
  ACTIVITY_OUTSIDE_CAMPAIGN: {
    text: ({ from, before }) => ({
      vi: `Hoạt động phải nằm trong thời gian của phong trào (từ ${from} đến trước ${before}).`,
      en: `The activity must lie within the campaign (from ${from}, before ${before}).`,
    }),
  },
  UNIT_CLOSED_ON_DATE: {
    text: ({ unit, day }) => ({
      vi: `Đơn vị ${unit} không tồn tại vào ngày ${day}.`,
      en: `The unit ${unit} did not exist on ${day}.`,
    }),
  },
  CAMPAIGN_NOT_OPEN: {
    text: ({ campaign, status, allowed }) => ({
      vi: `Phong trào ${campaign} đang ở trạng thái ${status}; hoạt động chỉ được ghi khi là ${allowed}. Nếu vừa công bố, hãy gửi lại yêu cầu này sau giây lát.`,
      en: `The campaign ${campaign} is ${status}; activities are written while it is ${allowed}. If it was published just now, send the same request again in a moment.`,
    }),
  },
  AMOUNT_NEGATIVE: {
    text: () => ({ vi: 'Số tiền không được âm.', en: 'An amount cannot be negative.' }),
  },
  FUNDING_MISMATCH: {
    text: ({ lines, amount }) => ({
      vi: `Các nguồn kinh phí cộng lại là ${lines} đồng, khác với tổng ${amount} đồng.`,
      en: `The funding lines add up to ${lines} đồng, not to the ${amount} đồng of the whole.`,
    }),
  },
  REACHED_WITHOUT_DELIVERY: {
    text: () => ({
      vi: 'Không thể ghi số người đã được giúp khi chưa có lượt trao nào.',
      en: 'People cannot have been reached without a delivery.',
    }),
  },
  AREA_NOT_COVERED: {
    severity: 'WARNING',
    text: ({ area }) => ({
      vi: `Địa bàn ${area} không thuộc phạm vi của đơn vị.`,
      en: `The area ${area} lies outside the unit's own.`,
    }),
  },
  ID_FORMAT: {
    text: () => ({
      vi: 'Số định danh phải có 12 chữ số (hoặc 9 chữ số với CMND cũ) đúng khuôn dạng.',
      en: 'An identity number has 12 digits of the known form, or the 9 of an old identity card.',
    }),
  },
  CONSENT_REQUIRED: {
    text: ({ field }) => ({
      vi: `Chỉ được ghi ${field} khi hộ gia đình đã đồng ý.`,
      en: `${field} is recorded only with the household's consent.`,
    }),
  },
  PERSONAL_DATA_ENDED: {
    text: ({ field }) => ({
      vi: `Dữ liệu cá nhân của phong trào này đã bị hủy và không được nhận thêm: hãy bỏ trống ${field}.`,
      en: `The personal data of this campaign was destroyed, and none is taken any more: leave out ${field}.`,
    }),
  },
  DUPLICATE_SUPPORT: {
    severity: 'WARNING',
    text: () => ({
      vi: 'Hộ gia đình này đã được giúp trong phong trào này.',
      en: 'This household was already helped in this campaign.',
    }),
  },
  HOUSE_DATE_ORDER: {
    text: ({ earlier, later }) =>
      later === 'TODAY'
        ? {
            vi: `Ngày của bước ${earlier} không được ở tương lai.`,
            en: `The day of ${earlier} cannot lie in the future.`,
          }
        : {
            vi: `Ngày của bước ${later} không được trước ngày của bước ${earlier}.`,
            en: `The day of ${later} cannot lie before that of ${earlier}.`,
          },
  },
  EVIDENCE_REQUIRED: {
    text: () => ({
      vi: 'Cần ít nhất một tài liệu chứng minh.',
      en: 'At least one piece of evidence is needed.',
    }),
  },
  VERIFIER_IS_AUTHOR: {
    text: () => ({
      vi: 'Người lập hoặc ghi nhận hoạt động không được tự xác minh.',
      en: 'Who planned or recorded an activity cannot verify it.',
    }),
  },
} satisfies Outcomes;
