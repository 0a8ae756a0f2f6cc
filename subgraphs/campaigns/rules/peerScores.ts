/** A criterion as scores are checked against it. */
interface Criterion {
  readonly code: string;
  readonly maxScore: number;
}

/** The score of one criterion. */
export interface CriterionScore {
  readonly criterion: string;
  readonly score: number;
}

/** What is wrong with a row of scores, or with all of them (`row` is null), in both languages. */
export interface ScoreFault {
  readonly row: number | null;
  readonly field: 'criterion' | 'score';
  readonly vi: string;
  readonly en: string;
}

/**
 * Gives what is wrong with the scores that one member gives another: each criterion is scored once, from 0 to its
 * greatest score. All criteria are scored, so that sums can be compared.
 */
export function faultsOfScores(
  given: readonly CriterionScore[],
  criteria: readonly Criterion[],
): ScoreFault[] {
  const rows = given.flatMap(({ criterion, score }, row): ScoreFault[] => {
    const known = criteria.find(({ code }) => code === criterion);
    if (!known)
      return [
        {
          row,
          field: 'criterion',
          vi: 'Cụm không có tiêu chí này.',
          en: 'The cluster has no such criterion.',
        },
      ];
    if (given.findIndex((other) => other.criterion === criterion) < row)
      return [{ row, field: 'criterion', vi: 'Tiêu chí có hai điểm.', en: 'The criterion is scored twice.' }];
    if (score < 0 || score > known.maxScore) return [{ row, field: 'score', ...rangeOf(known) }];
    return [];
  });
  const missing = criteria.filter(({ code }) => !given.some(({ criterion }) => criterion === code));
  const names = missing.map(({ code }) => code).join(', ');
  return missing.length === 0
    ? rows
    : [
        ...rows,
        { row: null, field: 'score', vi: `Thiếu điểm của ${names}.`, en: `Scores are missing for ${names}.` },
      ];
}

const rangeOf = ({ maxScore }: Criterion) => ({
  vi: `Điểm từ 0 đến ${maxScore}.`,
  en: `The score lies between 0 and ${maxScore}.`,
});

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Gives the total of scores, to two decimals: equal sums are equal numbers, so that they share a rank. */
export const totalOf = (scores: readonly CriterionScore[]): number =>
  rounded(scores.reduce((sum, { score }) => sum + score, 0));

/** Gives what a member scored: for each criterion the mean of what its peers gave, to two decimals. */
export const meanOf = (
  given: readonly (readonly CriterionScore[])[],
  criteria: readonly Criterion[],
): CriterionScore[] =>
  criteria.map(({ code }) => {
    const scores = given.flatMap((one) => one.filter(({ criterion }) => criterion === code));
    const sum = scores.reduce((total, { score }) => total + score, 0);
    return { criterion: code, score: scores.length === 0 ? 0 : rounded(sum / scores.length) };
  });
