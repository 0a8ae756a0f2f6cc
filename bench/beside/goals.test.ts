import { expect, test } from 'vitest';
import type { Measured } from '../measure.ts';
import { names } from './contender.ts';
import { cannedGoals, goalTable } from './goals.ts';

const round = (perSecond: number): Measured => ({
  perSecond,
  p50: 1,
  p99: 2,
  errors: 0,
  cpuMs: 1,
  frontCpuMs: 1,
});

test('a goal is held by the median of the ratios of each round, not by the ratio of the medians', () => {
  const of = new Map([
    [names.apart, [round(400), round(100), round(900)]],
    [names.hive, [round(100), round(50), round(200)]],
    [names.router, [round(100), round(25), round(300)]],
    [names.stock, [round(200), round(25), round(100)]],
  ]);
  expect(goalTable(cannedGoals([{ question: 'unit card', of }])).rows).toEqual([
    ['in memory, unit card: requests per second of ours apart by Hive Gateway', '4.00', '≥ 3.3', 'yes'],
    [
      'in memory, unit card: requests per second of ours apart by Hive, router-runtime',
      '4.00',
      '≥ 3.3',
      'yes',
    ],
    ['in memory, unit card: requests per second of ours apart by stock Apollo', '4.00', '≥ 4', 'yes'],
    ['errors of all, in memory', '0.00', '≤ 0', 'yes'],
  ]);
});
