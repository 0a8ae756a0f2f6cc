import { addDays } from '../../../schema/scalars/period.ts';
import type { Check } from './eligibility.ts';
import { failed, noRule, notApplicable, passed, pending } from './verdict.ts';

/** Gives a share in percent with one decimal; 0 of nothing. */
export const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part * 1_000) / whole) / 10;

const noCouncil = () => notApplicable('Hình thức không qua hội đồng.', 'No council votes on this form.');
const notVoted = () => pending('Hội đồng chưa bỏ phiếu.', 'The council has not voted yet.');

/** Enough members of the council must have taken part, in person or in writing. */
export const quorum: Check = ({ vote }, { rule }) => {
  if (!rule) return noRule();
  if (rule.quorumPercent === null) return noCouncil();
  if (!vote) return notVoted();
  const figures = `${vote.present}/${vote.members}`;
  return vote.present * 100 >= vote.members * rule.quorumPercent
    ? passed(`Đủ thành viên: ${figures}.`, `Enough members took part: ${figures}.`)
    : failed(
        `Không đủ thành viên: ${figures}, cần ${rule.quorumPercent}%.`,
        `Too few members took part: ${figures}, ${rule.quorumPercent}% are needed.`,
      );
};

/** Enough votes in favour, counted from all members of the council, in a secret ballot. */
export const voteMark: Check = ({ vote }, { rule }) => {
  if (!rule) return noRule();
  if (rule.passMarkPercent === null) return noCouncil();
  if (!vote) return notVoted();
  if (!vote.secret) return failed('Chưa bỏ phiếu kín.', 'The ballot was not secret.');
  const figures = `${vote.inFavour}/${vote.members}`;
  return vote.inFavour * 100 >= vote.members * rule.passMarkPercent
    ? passed(`Đủ phiếu: ${figures}.`, `Enough votes: ${figures}.`)
    : failed(
        `Không đủ phiếu: ${figures}, cần ${rule.passMarkPercent}%.`,
        `Too few votes: ${figures}, ${rule.passMarkPercent}% are needed.`,
      );
};

/** Where a form is shown publicly, it is shown for all its days before it goes on. */
export const notice: Check = (dossier, { rule, today }) => {
  if (!rule) return noRule();
  if (rule.noticeDays === null)
    return notApplicable('Hình thức không phải công khai lấy ý kiến.', 'The form needs no public notice.');
  if (!dossier.notice) return pending('Chưa công khai lấy ý kiến.', 'The public notice has not been opened.');
  const { from, before } = dossier.notice;
  if (before < addDays(from, rule.noticeDays))
    return failed(
      `Công khai chưa đủ ${rule.noticeDays} ngày.`,
      `The notice is shorter than ${rule.noticeDays} days.`,
    );
  return today >= before
    ? passed(`Đã công khai từ ${from}.`, `Shown publicly from ${from}.`)
    : pending(
        `Đang công khai đến hết ${addDays(before, -1)}.`,
        `Shown publicly through ${addDays(before, -1)}.`,
      );
};
