import { describe, expect, it } from 'vitest';
import { stateAfter } from '../../records/command/machine.ts';
import type { ActivityStatus } from '../model/activity.ts';
import type { HouseStatus } from '../model/house.ts';
import { type ActivityAction, activityMachine, type HouseStage, houseMachine } from './machines.ts';

/** One row for each state, one column for each action: the state it leads to, or `-` where it is refused. */
const read = <Action extends string>(table: string) => {
  const [head = [], ...rows] = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u));
  return rows.flatMap(([state = '', ...cells]) =>
    cells.map((cell, index) => [state, head[index] as Action, cell === '-' ? null : cell] as const),
  );
};

describe('an activity', () => {
  it.each(
    read<ActivityAction>(`
      updateActivityPlan approveActivity recordDelivery completeActivity verifyActivity cancelActivity
      PLANNED      PLANNED  APPROVED  -            -          -         CANCELLED
      APPROVED     -        -         IN_PROGRESS  -          -         CANCELLED
      IN_PROGRESS  -        -         IN_PROGRESS  DELIVERED  -         -
      DELIVERED    -        -         -            -          VERIFIED  -
      VERIFIED     -        -         -            -          -         -
      CANCELLED    -        -         -            -          -         -
    `),
  )('in %s: %s leads to %s', (state, action, to) => {
    expect(stateAfter(activityMachine, action, state as ActivityStatus)).toBe(to);
  });
});

describe('a house', () => {
  it.each(
    read<HouseStage>(`
      APPROVED STARTED COMPLETED HANDED_OVER CANCELLED
      SURVEYED     APPROVED  -        -          -            CANCELLED
      APPROVED     -         STARTED  -          -            CANCELLED
      STARTED      -         -        COMPLETED  -            CANCELLED
      COMPLETED    -         -        -          HANDED_OVER  -
      HANDED_OVER  -         -        -          -            -
      CANCELLED    -         -        -          -            -
    `),
  )('in %s: %s leads to %s', (state, action, to) => {
    expect(stateAfter(houseMachine, action, state as HouseStatus)).toBe(to);
  });
});
