import { describe, expect, test } from 'vitest';
import { type DateFault, faultsInParent, faultsOfDays, faultsOfPhases } from './campaignDates.ts';

const days = (issuedOn: string, launchedOn: string | null = null, endsOn: string | null = null) => ({
  issuedOn,
  launchedOn,
  endsOn,
});
const told = (faults: readonly DateFault[]) => faults.map(({ path, rule }) => `${path.join('.')}: ${rule}`);

describe('the days of a campaign', () => {
  test.each([
    ['only the plan is known', days('2026-01-10'), []],
    ['all on one day', days('2026-01-10', '2026-01-10', '2026-01-10'), []],
    [
      'launched before the plan',
      days('2026-01-10', '2026-01-09'),
      ['launchedOn: the launch lies before the plan'],
    ],
    [
      'ended before the plan',
      days('2026-01-10', null, '2026-01-09'),
      ['endsOn: the end lies before the beginning'],
    ],
    [
      'ended before the launch',
      days('2026-01-10', '2026-01-20', '2026-01-19'),
      ['endsOn: the end lies before the beginning'],
    ],
    [
      'launched before the plan and ended before it too',
      days('2026-01-10', '2026-01-01', '2026-01-05'),
      ['launchedOn: the launch lies before the plan', 'endsOn: the end lies before the beginning'],
    ],
  ])('%s', (_, campaign, faults) => {
    expect(told(faultsOfDays(campaign))).toEqual(faults);
  });
});

describe('phases', () => {
  const phase = (from: string, before: string) => ({ from, before });
  const campaign = days('2026-01-10', null, '2026-06-30');
  test.each([
    ['none', [], []],
    [
      'one after the other, the last day included',
      [phase('2026-01-10', '2026-03-01'), phase('2026-03-01', '2026-07-01')],
      [],
    ],
    ['with a gap', [phase('2026-01-10', '2026-02-01'), phase('2026-03-01', '2026-04-01')], []],
    [
      'without a day',
      [phase('2026-02-01', '2026-02-01')],
      ['phases.0.before: a phase ends before it begins'],
    ],
    [
      'before the plan',
      [phase('2026-01-09', '2026-02-01')],
      ['phases.0.from: a phase begins before the plan'],
    ],
    [
      'after the end',
      [phase('2026-06-01', '2026-07-02')],
      ['phases.0.before: a phase ends after the campaign'],
    ],
    [
      'overlapping',
      [phase('2026-01-10', '2026-03-01'), phase('2026-02-28', '2026-04-01')],
      ['phases.1.from: phases overlap or are out of order'],
    ],
  ])('%s', (_, phases, faults) => {
    expect(told(faultsOfPhases(campaign, phases))).toEqual(faults);
  });

  test('of a campaign without an end may last as long as they will', () => {
    expect(faultsOfPhases(days('2026-01-10'), [phase('2026-01-10', '2036-01-01')])).toEqual([]);
  });
});

describe('a child inside its parent', () => {
  const parent = days('2026-01-10', '2026-01-15', '2026-06-30');
  test.each([
    ['lies inside', days('2026-01-10', null, '2026-06-30'), parent, []],
    [
      'is older',
      days('2026-01-09', null, '2026-06-30'),
      parent,
      ["issuedOn: the plan lies before the parent's (2026-01-10)"],
    ],
    [
      'lasts longer',
      days('2026-01-10', null, '2026-07-01'),
      parent,
      ['endsOn: it ends after its parent (2026-06-30)'],
    ],
    [
      'has no end, its parent has one',
      days('2026-01-10'),
      parent,
      ['endsOn: it ends after its parent (2026-06-30)'],
    ],
    ['has no end, like its parent', days('2026-01-10'), days('2026-01-01'), []],
  ])('%s', (_, child, above, faults) => {
    expect(told(faultsInParent(child, above))).toEqual(faults);
  });
});
