import { invalid, type Problem } from './problem.ts';

/** The money of a plan. */
interface PlannedMoney {
  readonly plannedAmount: number;
  readonly funding: readonly { readonly source: string; readonly planned: number }[];
  readonly inKind: readonly { readonly value: number }[];
}

type Path = readonly (string | number)[];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/**
 * Gives what is wrong with the money of a plan: no amount is negative, the funding lines add up to the whole exactly, and
 * what is given in kind is part of it.
 */
export function plannedMoneyProblems({ plannedAmount, funding, inKind }: PlannedMoney, at: Path): Problem[] {
  const negative = [
    ...(plannedAmount < 0 ? [[...at, 'plannedAmount']] : []),
    ...funding.flatMap(({ planned }, index) => (planned < 0 ? [[...at, 'funding', index, 'planned']] : [])),
    ...inKind.flatMap(({ value }, index) => (value < 0 ? [[...at, 'inKind', index, 'value']] : [])),
  ].map((path): Problem => ['AMOUNT_NEGATIVE', { path }]);
  if (negative.length > 0) return negative;
  const lines = sum(funding.map(({ planned }) => planned));
  const problems: Problem[] = [];
  if (lines !== plannedAmount) {
    const params = { lines, amount: plannedAmount };
    problems.push(['FUNDING_MISMATCH', { path: [...at, 'plannedAmount'], params }]);
  }
  if (sum(inKind.map(({ value }) => value)) > plannedAmount) {
    problems.push(
      invalid(
        [...at, 'inKind'],
        'Giá trị hiện vật là một phần của tổng dự kiến nên không được lớn hơn.',
        'What is given in kind is part of plannedAmount and cannot be worth more.',
      ),
    );
  }
  return problems;
}
