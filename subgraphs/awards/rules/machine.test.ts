import { expect, test } from 'vitest';
import { stateAfter } from '../../records/command/machine.ts';
import { type DossierAction, type DossierState, dossierActions, dossierStates } from '../model/codes.ts';
import { dossierMachine } from './machine.ts';

/** The workflow of DOMAIN §2.4, written a second time: where each state's actions lead; all others are refused. */
const table: Readonly<Record<DossierState, Partial<Readonly<Record<DossierAction, DossierState>>>>> = {
  DRAFT: { SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
  RETURNED: { SUBMIT: 'SUBMITTED', WITHDRAW: 'WITHDRAWN' },
  SUBMITTED: { REVIEW: 'UNIT_REVIEWED', RETURN: 'RETURNED', WITHDRAW: 'WITHDRAWN' },
  UNIT_REVIEWED: { APPRAISE: 'APPRAISED', RETURN: 'RETURNED', REJECT: 'REJECTED' },
  APPRAISED: { VOTE: 'COUNCIL_VOTED', RETURN: 'RETURNED', REJECT: 'REJECTED' },
  COUNCIL_VOTED: {
    OPEN_NOTICE: 'PUBLIC_NOTICE',
    FORWARD: 'FORWARDED',
    DECIDE: 'DECIDED',
    RETURN: 'RETURNED',
    REJECT: 'REJECTED',
  },
  PUBLIC_NOTICE: { FORWARD: 'FORWARDED', DECIDE: 'DECIDED', RETURN: 'RETURNED', REJECT: 'REJECTED' },
  FORWARDED: { APPRAISE: 'APPRAISED', DECIDE: 'DECIDED', RETURN: 'RETURNED', REJECT: 'REJECTED' },
  DECIDED: { CONFER: 'CONFERRED', REVOKE: 'REVOKED' },
  CONFERRED: { REVOKE: 'REVOKED' },
  REJECTED: {},
  WITHDRAWN: {},
  REVOKED: {},
};

const cases = dossierStates.flatMap((state) => dossierActions.map((action) => [state, action] as const));

test.each(cases)('%s, %s', (state, action) => {
  expect(stateAfter(dossierMachine, action, state)).toBe(table[state][action] ?? null);
});
