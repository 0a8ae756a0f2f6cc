import type { Outcomes } from '../records/command/outcomes.ts';

/** The expected outcomes of commands on units (DOMAIN §5.6). */
export const outcomes = {
  UNIT_CODE_TAKEN: {
    text: ({ code, free }) => ({
      vi: `Mã đơn vị ${code} đã được dùng; thế hệ còn trống tiếp theo là ${free}.`,
      en: `The unit code ${code} is taken; the next free generation is ${free}.`,
    }),
  },
  UNIT_CYCLE: {
    text: ({ code, other }) => ({
      vi: `Đơn vị ${code} không thể đứng dưới, nhập vào hoặc được kế tục bởi ${other}: đó là chính nó hoặc đơn vị bên dưới nó.`,
      en: `The unit ${code} cannot stand under, go into or be succeeded by ${other}: that is itself, or a unit below it.`,
    }),
  },
  UNIT_PERIOD_OVERLAP: {
    text: ({ code, on, since }) => ({
      vi: `Không thể thay đổi ${code} từ ngày ${on}: đã có thay đổi ghi từ ngày ${since}, lịch sử không được viết lại.`,
      en: `${code} cannot change from ${on}: a change from ${since} is on record, and history is not rewritten.`,
    }),
  },
  UNIT_PERIOD_GAP: {
    text: ({ code, needs, from, on }) => ({
      vi: `Ngày ${on} sẽ để lại khoảng trống cho ${code}: ${needs} chỉ có từ ${from}.`,
      en: `${on} would leave a gap for ${code}: ${needs} exists only from ${from}.`,
    }),
  },
  UNIT_CLOSED_ON_DATE: {
    text: ({ code, before, on }) => ({
      vi: `Đơn vị ${code} đã kết thúc từ ngày ${before}, không còn vào ngày ${on}.`,
      en: `The unit ${code} ended on ${before} and does not exist on ${on}.`,
    }),
  },
  UNIT_HAS_OPEN_CHILDREN: {
    text: ({ code, count }) => ({
      vi: `Đơn vị ${code} còn ${count} đơn vị trực thuộc. Hãy chuyển chúng sang đơn vị kế tục (children: MOVE) hoặc kết thúc chúng trước.`,
      en: `The unit ${code} still has ${count} units directly under it. Let them follow to the full successor (children: MOVE), or close them first.`,
    }),
  },
  UNIT_LEVEL_ORDER: {
    text: ({ code, level, allowed }) => ({
      vi: `Đơn vị ${code} thuộc cấp ${level}, ở đây chỉ có thể là cấp: ${allowed}.`,
      en: `The unit ${code} is a ${level}; here only these levels fit: ${allowed}.`,
    }),
  },
  SUCCESSOR_REQUIRED: {
    text: ({ code }) => ({
      vi: `Phải nêu đơn vị kế tục ${code}, hoặc noSuccessor: true kèm ghi chú vì sao không có.`,
      en: `Name who takes over ${code}, or say noSuccessor: true with a note that says why nobody does.`,
    }),
  },
  SECOND_PERSON_REQUIRED: {
    text: ({ subject }) => ({
      vi: `Đề nghị này do chính bạn (${subject}) lập; việc sáp nhập phải do người thứ hai xác nhận.`,
      en: `You (${subject}) made this proposal yourself; a merger is confirmed by a second person.`,
    }),
  },
} satisfies Outcomes;
