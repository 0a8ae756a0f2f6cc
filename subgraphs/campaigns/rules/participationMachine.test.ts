import { expect, test } from 'vitest';
import { stateAfter } from '../../records/command/machine.ts';
import { participationStatuses } from '../model/participation.ts';
import { type ParticipationStep, participationMachine } from './participationMachine.ts';

/** What each step makes of each state; `-` is refused. */
const table: Readonly<Record<ParticipationStep, readonly string[]>> = {
  //                       REGISTERED   LAUNCHED      SUMMARISED WITHDRAWN
  registerParticipation: ['-', '-', '-', 'REGISTERED'],
  launchParticipation: ['LAUNCHED', 'LAUNCHED', '-', '-'],
  summariseParticipation: ['-', 'SUMMARISED', '-', '-'],
  withdrawParticipation: ['WITHDRAWN', 'WITHDRAWN', '-', '-'],
};

test.each(Object.entries(table))('%s', (step, expected) => {
  const actual = participationStatuses.map(
    (state) => stateAfter(participationMachine, step as ParticipationStep, state) ?? '-',
  );
  expect(actual).toEqual(expected);
});
