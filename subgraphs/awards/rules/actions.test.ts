import { expect, test } from 'vitest';
import type { Viewer } from '../../../server/viewer.ts';
import { dossierStates } from '../model/codes.ts';
import { availableActions } from './actions.ts';
import { dossier, facts } from './dossier.fixture.ts';

const viewer = (role: Viewer['role'], unitPath: string | null, scopes: string[] = []): Viewer => ({
  subject: 'test',
  role,
  unitPath,
  scopes,
  locale: 'VI',
});
const ministry = viewer('MINISTRY', '/BCA/', ['award:decide']);
const complete = {
  ...dossier,
  papers: [...dossier.papers, { kind: 'Y_KIEN', document: null, confirmations: [] }],
};
const codesOf = (action: string, given: typeof dossier, who: Viewer) =>
  availableActions(given, facts, who)
    .find((hint) => hint.action === action)
    ?.obstacles.map(({ code }) => code);

test('every state offers its own steps, and the last ones none', () => {
  const offered = dossierStates.map((state) => [
    state,
    availableActions({ ...complete, state, notice: null }, facts, ministry).map(({ action }) => action),
  ]);
  expect(Object.fromEntries(offered)).toEqual({
    DRAFT: ['SUBMIT', 'WITHDRAW'],
    SUBMITTED: ['REVIEW', 'RETURN', 'WITHDRAW'],
    UNIT_REVIEWED: ['APPRAISE', 'RETURN', 'REJECT'],
    APPRAISED: ['VOTE', 'RETURN', 'REJECT'],
    COUNCIL_VOTED: ['OPEN_NOTICE', 'FORWARD', 'DECIDE', 'RETURN', 'REJECT'],
    PUBLIC_NOTICE: ['FORWARD', 'DECIDE', 'RETURN', 'REJECT'],
    FORWARDED: ['APPRAISE', 'DECIDE', 'RETURN', 'REJECT'],
    DECIDED: ['CONFER', 'REVOKE'],
    CONFERRED: ['REVOKE'],
    RETURNED: ['SUBMIT', 'WITHDRAW'],
    REJECTED: [],
    WITHDRAWN: [],
    REVOKED: [],
  });
});

test('a complete dossier may be decided by the ministry with the scope for it', () => {
  expect(codesOf('DECIDE', complete, ministry)).toEqual([]);
});

test('without the scope, as an officer, or from another subtree it may not', () => {
  expect(codesOf('DECIDE', complete, viewer('MINISTRY', '/BCA/'))).toEqual(['FORBIDDEN']);
  expect(codesOf('DECIDE', complete, viewer('OFFICER', '/BCA/T01.1/'))).toEqual([
    'FORBIDDEN',
    'OUT_OF_SUBTREE',
  ]);
});

test('a step says every rule that stands in its way, as the dossier would be after it', () => {
  const waiting = { ...dossier, vote: null, notice: null };
  expect(codesOf('DECIDE', waiting, ministry)).toEqual([
    'PAPER_MISSING',
    'QUORUM_NOT_MET',
    'VOTE_BELOW_MARK',
    'NOTICE_PERIOD_OPEN',
  ]);
});

test('what a unit head decides is for the commander of the deciding unit, and cannot be sent up', () => {
  const local = { ...complete, decidedBy: 'UNIT_HEAD', decidingPath: '/BCA/T01.1/' };
  const hints = availableActions(local, facts, viewer('COMMANDER', '/BCA/T01.1/H001.1/'));
  expect(hints.map(({ action }) => action)).toEqual(['DECIDE', 'RETURN', 'REJECT']);
  expect(hints[0]?.obstacles.map(({ code }) => code)).toContain('OUT_OF_SUBTREE');
  expect(codesOf('DECIDE', local, viewer('COMMANDER', '/BCA/T01.1/'))).toEqual(['AUTHORITY_TOO_LOW']);
});

test('an obstacle is explained in both languages', () => {
  const [obstacle] = availableActions(complete, facts, viewer('OFFICER', '/BCA/')).at(0)?.obstacles ?? [];
  expect(obstacle).toEqual({
    code: 'FORBIDDEN',
    message: {
      vi: 'Bước này dành cho chỉ huy hoặc cơ quan Bộ.',
      en: 'This step is for a commander or the ministry.',
    },
  });
});
