/** The values that an outcome's text speaks of; shown to clients as `params`. */
export type Params = Readonly<Record<string, string | number>>;

/** One expected outcome of commands: its texts, and whether it only warns. */
export interface Outcome {
  /** A warning is overridden by `acknowledge` and a reason; everything else refuses the command. */
  readonly severity?: 'WARNING';
  readonly text: (params: Params) => { readonly vi: string; readonly en: string };
}

/** Outcomes by their codes; each subgraph lists its own in `codes.ts`. */
export type Outcomes = Readonly<Record<string, Outcome>>;

/** The outcomes that commands of every subgraph can have (DOMAIN §5.6, common codes). */
export const commonOutcomes = {
  INPUT_INVALID: { text: ({ vi = '', en = '' }) => ({ vi: String(vi), en: String(en) }) },
  NOT_FOUND: {
    text: ({ type, key }) => ({
      vi: `Không có ${type} với mã ${key}.`,
      en: `There is no ${type} with the key ${key}.`,
    }),
  },
  VERSION_CONFLICT: {
    text: ({ expected, actual }) => ({
      vi: `Bản ghi đã được người khác sửa: bạn gửi phiên bản ${expected}, hiện là phiên bản ${actual}. Hãy đọc lại rồi gửi lại.`,
      en: `Somebody else has changed the record: you sent version ${expected}, it is at version ${actual}. Read it again, then decide.`,
    }),
  },
  INVALID_STATE: {
    text: ({ action, state, allowed }) => ({
      vi: `Không thể thực hiện ${action} khi trạng thái là ${state}; chỉ được khi là ${allowed}.`,
      en: `${action} is not possible in the state ${state}; only in ${allowed}.`,
    }),
  },
  IDEMPOTENCY_REUSED: {
    text: ({ operation }) => ({
      vi: `Khóa idempotencyKey này đã dùng cho một yêu cầu khác (${operation}). Hãy dùng khóa mới.`,
      en: `This idempotencyKey was used for another request (${operation}). Take a new key.`,
    }),
  },
  RETURN_REASON_TOO_SHORT: {
    text: ({ min, length }) => ({
      vi: `Lý do trả lại hoặc từ chối phải có ít nhất ${min} ký tự; hiện có ${length}.`,
      en: `A reason for a return or a refusal has at least ${min} characters; this one has ${length}.`,
    }),
  },
} satisfies Outcomes;
