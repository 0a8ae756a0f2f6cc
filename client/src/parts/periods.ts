/** The months that are offered: those of the campaign of 2021, the first to the last. */
export const months: readonly string[] = [
  '2021-08',
  '2021-09',
  '2021-10',
  '2021-11',
  '2021-12',
  '2022-01',
  '2022-02',
  '2022-03',
  '2022-04',
  '2022-05',
  '2022-06',
];

/** The quarters that they lie in. */
export const quarters: readonly string[] = ['2021-Q3', '2021-Q4', '2022-Q1', '2022-Q2'];

/** Gives the offered periods of the same length that lie before one, the latest first; none for another period. */
export const earlierThan = (period: string): readonly string[] =>
  ([months, quarters].find((list) => list.includes(period)) ?? [])
    .filter((each) => each < period)
    .toReversed();
