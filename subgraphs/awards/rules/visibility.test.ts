import { expect, test } from 'vitest';
import type { Viewer } from '../../../server/viewer.ts';
import { dossierScope, placeSeen, seenRecipient } from './visibility.ts';

const viewer = (role: Viewer['role'], unitPath: string | null): Viewer => ({
  subject: 'test',
  role,
  unitPath,
  scopes: [],
  locale: 'VI',
});
const person = (consented: boolean) => ({
  scopePath: '/BCA/T01.1/H001.1/',
  recipient: {
    kind: 'INDIVIDUAL',
    unitId: 'unt_1',
    nameAtDecision: 'Công an quận Ba Đình',
    ref: 'per_1',
    displayName: 'Cán bộ mẫu 0001',
    rank: 'Đại úy',
    consented,
  } as const,
});

test.each([
  ['PUBLIC', null, false, true, false],
  ['PUBLIC', null, true, true, true],
  ['PUBLIC', null, true, false, false],
  ['PARTNER', '/BCA/', false, true, false],
  ['OFFICER', '/BCA/T01.1/H001.1/', false, false, true],
  ['OFFICER', '/BCA/T01.1/H002.1/', false, true, false],
  ['OFFICER', '/BCA/T01.1/H002.1/', true, true, true],
  ['COMMANDER', '/BCA/T01.1/', false, false, true],
  ['COMMANDER', '/BCA/T02.1/', false, true, false],
  ['MINISTRY', '/BCA/', false, false, true],
  ['MINISTRY', null, false, true, true],
  ['ADMIN', '/BCA/', false, true, false],
] as const)('%s at %s, consent %s, standing %s: named %s', (role, unitPath, consented, standing, named) => {
  const seen = seenRecipient(viewer(role, unitPath), person(consented), standing);
  const personal = named
    ? { ref: 'per_1', displayName: 'Cán bộ mẫu 0001', rank: 'Đại úy' }
    : { ref: null, displayName: null, rank: null };
  expect(seen).toEqual({
    __typename: 'PersonRecipient',
    unitId: 'unt_1',
    unitNameAtDecision: 'Công an quận Ba Đình',
    ...personal,
  });
});

test.each([
  ['PUBLIC', '/BCA/'],
  ['PARTNER', '/BCA/'],
  ['ADMIN', '/BCA/'],
  ['COMMANDER', null],
] as const)('%s at %s may read no dossier', (role, unitPath) => {
  expect(() => dossierScope(viewer(role, unitPath))).toThrow(/open to the units of the force/u);
});

test('a dossier about a unit below is seen at its proposer, by an officer of that one', () => {
  const dossier = { scopePath: '/BCA/T01.1/H001.1/', proposerPath: '/BCA/T01.1/' };
  expect(placeSeen(viewer('OFFICER', '/BCA/T01.1/'), dossier)).toBe('/BCA/T01.1/');
  expect(placeSeen(viewer('OFFICER', '/BCA/T01.1/H001.1/'), dossier)).toBe('/BCA/T01.1/H001.1/');
  expect(placeSeen(viewer('COMMANDER', '/BCA/T01.1/'), dossier)).toBe('/BCA/T01.1/H001.1/');
});

test('dossiers are read by commanders within the subtree, by the ministry all, by officers those of the own unit', () => {
  expect(dossierScope(viewer('COMMANDER', '/BCA/T01.1/'))).toEqual({
    scopePath: { $gte: '/BCA/T01.1/', $lt: '/BCA/T01.10' },
  });
  expect(dossierScope(viewer('MINISTRY', null))).toEqual({});
  expect(dossierScope(viewer('OFFICER', '/BCA/T01.1/'))).toEqual({
    $or: [{ scopePath: '/BCA/T01.1/' }, { proposerPath: '/BCA/T01.1/' }],
  });
});
