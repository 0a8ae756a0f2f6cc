import { describe, expect, it } from 'vitest';
import { type Machine, stateAfter } from '../../records/command/machine.ts';
import { beneficiaryMachine, listMachine, stateOf } from './beneficiaryMachine.ts';
import { activityMachine } from './machines.ts';

/** Each state with each action; a dot is a refusal. */
const table = <State extends string, Action extends string>(
  machine: Machine<State, Action>,
  actions: readonly Action[],
  states: readonly State[],
) =>
  states.map((state) =>
    [state, ...actions.map((action) => stateAfter(machine, action, state) ?? '.')].join(' '),
  );

describe('the states of a household', () => {
  it('allow each action where the table says, and nowhere else', () => {
    const states = ['UNASKED', 'CONSENTED', 'WITHDRAWN', 'ERASED'] as const;
    expect(table(beneficiaryMachine, ['withdrawConsent', 'eraseBeneficiary'], states)).toEqual([
      'UNASKED . ERASED',
      'CONSENTED WITHDRAWN ERASED',
      'WITHDRAWN . ERASED',
      'ERASED . .',
    ]);
  });

  it('are read off its row', () => {
    expect(stateOf({ consent: 'NOT_ASKED' })).toBe('UNASKED');
    expect(stateOf({ consent: 'GIVEN', erasedAt: null })).toBe('CONSENTED');
    expect(stateOf({ consent: 'WITHDRAWN' })).toBe('WITHDRAWN');
    expect(stateOf({ consent: 'GIVEN', erasedAt: new Date() })).toBe('ERASED');
  });
});

describe('an activity', () => {
  it('takes deliveries and households where the table says, and nowhere else', () => {
    const states = ['PLANNED', 'APPROVED', 'IN_PROGRESS', 'DELIVERED', 'VERIFIED', 'CANCELLED'] as const;
    expect(
      table(
        { ...activityMachine, ...listMachine },
        ['recordDelivery', 'completeActivity', 'addBeneficiary'],
        states,
      ),
    ).toEqual([
      'PLANNED . . .',
      'APPROVED IN_PROGRESS . .',
      'IN_PROGRESS IN_PROGRESS DELIVERED IN_PROGRESS',
      'DELIVERED . . .',
      'VERIFIED . . .',
      'CANCELLED . . .',
    ]);
  });
});
