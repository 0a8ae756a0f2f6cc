import type { ActivityRow } from '../model/activity.ts';
import { mergeInto } from './mergeInto.ts';
import { invalid, type Problem } from './problem.ts';

type InKind = ActivityRow['inKind'][number];

/** What a hand-over adds to the money of an activity. */
export interface DeliveredMoney {
  readonly amount: number;
  readonly funding: readonly { readonly source: string; readonly amount: number }[];
  readonly inKind: readonly InKind[];
}

/** What an activity keeps of its money. */
export type Money = Pick<ActivityRow, 'amount' | 'funding' | 'inKind'>;

const MAX_LINES = 20;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Gives what is wrong with money that was delivered: lines add up to the amount, and what was given in kind is part of it. */
export function moneyProblems({ amount, funding, inKind }: DeliveredMoney): Problem[] {
  const at = ['input'];
  const negative = [
    ...(amount < 0 ? [[...at, 'amount']] : []),
    ...funding.flatMap((line, index) => (line.amount < 0 ? [[...at, 'funding', index, 'amount']] : [])),
    ...inKind.flatMap((line, index) => (line.value < 0 ? [[...at, 'inKind', index, 'value']] : [])),
  ].map((path): Problem => ['AMOUNT_NEGATIVE', { path }]);
  if (negative.length > 0) return negative;
  const lines = sum(funding.map((line) => line.amount));
  const problems: Problem[] = [];
  if (lines !== amount)
    problems.push(['FUNDING_MISMATCH', { path: [...at, 'amount'], params: { lines, amount } }]);
  if (sum(inKind.map(({ value }) => value)) > amount) {
    problems.push(
      invalid(
        [...at, 'inKind'],
        'Giá trị hiện vật là một phần của tổng số tiền nên không được lớn hơn.',
        'What was given in kind is part of the amount and cannot be worth more.',
      ),
    );
  }
  return problems;
}

/** Adds what was delivered: to the line of the same source, or of the same thing in the same measure; else as a new line. */
export const moneyAfter = (before: Money, { amount, funding, inKind }: DeliveredMoney): Money => ({
  amount: before.amount + amount,
  funding: mergeInto(before.funding, funding, {
    isSame: ({ code }, { source }) => code === source,
    plus: (line, more) => ({ ...line, amount: line.amount + more.amount }),
    fresh: (more) => ({ code: more.source, planned: 0, amount: more.amount }),
  }),
  inKind: mergeInto(before.inKind, inKind, {
    isSame: (a, b) => a.item.vi === b.item.vi && a.measure.vi === b.measure.vi,
    plus: (line, { quantity, value }) => ({
      ...line,
      quantity: line.quantity + quantity,
      value: line.value + value,
    }),
    fresh: (thing) => thing,
  }),
});

/** Gives what no activity may hold: lists longer than the graph gives, and sums past what a number holds exactly. */
export function totalProblems({ amount, funding, inKind }: Money): Problem[] {
  const problems: Problem[] = [];
  if (!Number.isSafeInteger(amount))
    problems.push(invalid(['input', 'amount'], 'Tổng số tiền quá lớn.', 'The total is too large.'));
  if (isTooMany(funding)) problems.push(tooMany('funding'));
  if (isTooMany(inKind)) problems.push(tooMany('inKind'));
  return problems;
}

/** A list that would grow past what the graph gives of it. */
export const tooMany = (field: string): Problem =>
  invalid(
    ['input', field],
    `Một hoạt động có nhiều nhất ${MAX_LINES} dòng.`,
    `An activity has at most ${MAX_LINES} lines.`,
  );
export const isTooMany = (list: readonly unknown[]): boolean => list.length > MAX_LINES;
