import type { Operation } from './questions.ts';

const asOf = 'hierarchy: { mode: AS_OF, asOf: "2026-01-01" }';
const underUnit = 'query ($under: UnitCode!) { ';
const overAll = '{ ';

/** Rollups that no cube can hold: readings by the tree of another day, and different households. */
export function rollups(): Operation[] {
  const counts = 'metrics: [ACTIVITIES, AMOUNT]';
  const households = 'metrics: [DISTINCT_HOUSEHOLDS]';
  const underProvince = 'filter: { campaign: ["BCA-2021-COVID-TDDB"], under: [$under] }';
  const underAll = 'filter: { campaign: ["BCA-2021-COVID-TDDB"], under: ["BCA"] }';
  return [
    rollup('as of, units under the ministry', overAll, underAll, '[CHILD_UNIT]', `${counts} ${asOf}`),
    rollup('as of, units under a unit', underUnit, underProvince, '[CHILD_UNIT]', `${counts} ${asOf}`),
    rollup('as of, by province', overAll, underAll, '[PROVINCE]', `${counts} ${asOf}`),
    rollup('as of, by province and month', overAll, underAll, '[PROVINCE, MONTH]', `${counts} ${asOf}`),
    rollup('households of the nation', overAll, underAll, '[]', households),
    rollup('households by province', overAll, underAll, '[PROVINCE]', households),
    rollup('households, units under the ministry', overAll, underAll, '[CHILD_UNIT]', households),
    rollup('households, month and kind under a unit', underUnit, underProvince, '[MONTH, KIND]', households),
  ];
}

const rollup = (name: string, head: string, filter: string, groupBy: string, rest: string): Operation => ({
  name,
  query: `${head}supportRollup(input: { ${filter} groupBy: ${groupBy} ${rest} first: 1000 }) {
    rows { keys { code } values { metric value } } totals { metric value } unallocated { metric value } } }`,
  documented: {},
  goal: 'time',
});
