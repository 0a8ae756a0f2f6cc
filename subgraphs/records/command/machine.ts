import type { Faults } from './faults.ts';

/** One step of a state machine: from which states it leads to which. */
export interface Step<State extends string> {
  readonly from: readonly State[];
  readonly to: State;
}

/** A state machine as a table: what each action does. */
export type Machine<State extends string, Action extends string> = Readonly<Record<Action, Step<State>>>;

/** Gives the state that an action leads to from a state, or null when it is not allowed there. */
export const stateAfter = <State extends string, Action extends string>(
  machine: Machine<State, Action>,
  action: Action,
  state: State,
): State | null => (machine[action].from.includes(state) ? machine[action].to : null);

/** Gives the state that an action leads to. Refuses with INVALID_STATE, naming the states that allow it. */
export function advance<State extends string, Action extends string>(
  faults: Faults,
  machine: Machine<State, Action>,
  action: Action,
  state: State,
): State {
  return (
    stateAfter(machine, action, state) ??
    faults.refuse('INVALID_STATE', {
      params: { action, state, allowed: machine[action].from.join(', ') },
    })
  );
}
