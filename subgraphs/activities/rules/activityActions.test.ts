import { expect, it } from 'vitest';
import { publicViewer, type Role, type Viewer } from '../../../server/viewer.ts';
import { availableActions, type Hinted } from './activityActions.ts';

const unit = '/BCA/T01.1/X00004.1/';
const viewer = (role: Role, unitPath: string | null, subject = 'somebody'): Viewer => ({
  ...publicViewer,
  role,
  unitPath,
  subject,
});
const officer = viewer('OFFICER', unit);
const commander = viewer('COMMANDER', '/BCA/T01.1/');
const piece = { number: '1/BC', date: null, title: null, url: null, sha256: 'a'.repeat(64) };
const activity = (part: Partial<Hinted>): Hinted => ({
  status: 'PLANNED',
  scopePath: unit,
  authors: ['planner'],
  evidence: [piece],
  house: null,
  ...part,
});
const house = (status: 'STARTED' | 'HANDED_OVER' | 'CANCELLED') => ({
  house: { id: 'hse_1', status, dueOn: null, completedOn: null, cancelledOn: null },
});

/** `ACTION`, or `ACTION: why not`. */
const hints = (of: Hinted, who: Viewer): string[] =>
  availableActions(of, who).map(({ action, allowed, obstacles }) =>
    allowed ? action : `${action}: ${obstacles.map(({ code }) => code).join(' ')}`,
  );

it.each([
  [
    'the officer, of a plan',
    {},
    officer,
    ['UPDATE_PLAN', 'APPROVE: FORBIDDEN', 'CANCEL: FORBIDDEN', 'ADD_EVIDENCE'],
  ],
  [
    'the commander above, of a plan',
    {},
    commander,
    ['UPDATE_PLAN: FORBIDDEN OUT_OF_SUBTREE', 'APPROVE', 'CANCEL', 'ADD_EVIDENCE: FORBIDDEN OUT_OF_SUBTREE'],
  ],
  [
    'an officer beside',
    { status: 'APPROVED' },
    viewer('OFFICER', '/BCA/T01.1/X00005.1/'),
    ['RECORD_DELIVERY: OUT_OF_SUBTREE', 'CANCEL: FORBIDDEN OUT_OF_SUBTREE', 'ADD_EVIDENCE: OUT_OF_SUBTREE'],
  ],
  [
    'the commander, of what was delivered',
    { status: 'DELIVERED' },
    commander,
    ['VERIFY', 'ADD_EVIDENCE: FORBIDDEN OUT_OF_SUBTREE'],
  ],
  [
    'a commander who planned it, without evidence',
    { status: 'DELIVERED', evidence: [] },
    viewer('COMMANDER', unit, 'planner'),
    ['VERIFY: VERIFIER_IS_AUTHOR EVIDENCE_REQUIRED', 'ADD_EVIDENCE: FORBIDDEN'],
  ],
  [
    'the officer, while the house is built',
    { status: 'IN_PROGRESS', ...house('STARTED') },
    officer,
    ['RECORD_DELIVERY', 'COMPLETE: INVALID_STATE', 'ADD_EVIDENCE'],
  ],
  [
    'the officer, when the house is handed over',
    { status: 'IN_PROGRESS', ...house('HANDED_OVER') },
    officer,
    ['RECORD_DELIVERY', 'COMPLETE', 'ADD_EVIDENCE'],
  ],
  ['anybody, of what is verified', { status: 'VERIFIED' }, commander, []],
  ['anybody, of what is called off', { status: 'CANCELLED' }, officer, []],
] as const)('%s', (_, part, who, found) => {
  expect(hints(activity(part as Partial<Hinted>), who)).toEqual(found);
});

it('nobody outside learns whether there is evidence, or who is an author', () => {
  const of = activity({ status: 'DELIVERED', evidence: [] });
  expect(hints(of, viewer('COMMANDER', '/BCA/T02.1/', 'planner'))).toEqual([
    'VERIFY: OUT_OF_SUBTREE',
    'ADD_EVIDENCE: FORBIDDEN OUT_OF_SUBTREE',
  ]);
  expect(hints(of, publicViewer)[0]).toBe('VERIFY: FORBIDDEN OUT_OF_SUBTREE');
});

it('an activity of the time before authors were kept can be verified', () => {
  const { authors: _, ...of } = activity({ status: 'DELIVERED' });
  expect(hints(of, commander)[0]).toBe('VERIFY');
});
