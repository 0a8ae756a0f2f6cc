import { expect, test } from 'vitest';
import { stateAfter } from '../../records/command/machine.ts';
import type { ReportStatus } from '../model/report.ts';
import { type ReportStep, reportMachine, savableStates } from './reportMachine.ts';

const states: readonly ReportStatus[] = ['DRAFT', 'SUBMITTED', 'RETURNED', 'ACCEPTED', 'LOCKED'];

/** What each step makes of each state; `-` is refused. */
const table: Readonly<Record<ReportStep, string>> = {
  //            DRAFT     SUBMITTED RETURNED  ACCEPTED LOCKED
  submitReport: 'SUBMITTED -         SUBMITTED -        -',
  acceptReport: '-         ACCEPTED  -         -        -',
  returnReport: '-         RETURNED  -         -        -',
  reopenReport: '-         -         -         RETURNED -',
  lockReports: ' -         -         -         LOCKED   -',
};

test.each(Object.entries(table))('%s', (step, row) => {
  const expected = row.trim().split(/ +/u);
  expect(states.map((state) => stateAfter(reportMachine, step as ReportStep, state) ?? '-')).toEqual(
    expected,
  );
});

test('a report is changed only while it is with its unit', () => {
  expect(states.filter((state) => savableStates.includes(state))).toEqual(['DRAFT', 'RETURNED']);
});
