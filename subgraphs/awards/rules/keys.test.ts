import { expect, test } from 'vitest';
import { dossierStates, openStates } from '../model/codes.ts';
import { dossier } from './dossier.fixture.ts';
import { achievementLocksOf, pendingKeyOf } from './keys.ts';

test('a dossier holds its key while it is open, and frees it when it ends', () => {
  const holding = dossierStates.filter((state) => pendingKeyOf({ ...dossier, state }) !== null);
  expect(holding.toSorted()).toEqual([...openStates].toSorted());
});

test('the key tells recipient, form and campaign apart; none is a campaign of its own', () => {
  const keys = [
    dossier,
    { ...dossier, recipientKey: 'U:unt_2' },
    { ...dossier, form: 'GK' },
    { ...dossier, campaignId: null },
  ].map(pendingKeyOf);
  expect(new Set(keys).size).toBe(4);
});

test.each([
  ['L2003', 'MERIT', true],
  ['L2022', 'CONTRIBUTION', true],
  ['L2022A', 'MOVEMENT', true],
  ['L2022A', 'SUDDEN', true],
  ['L2022A', 'MERIT', false],
] as const)('under %s an award for %s holds its achievements: %s', (regime, kind, holds) => {
  const locks = achievementLocksOf({ ...dossier, regime, kind });
  expect(locks).toEqual(holds ? [`${dossier.recipientKey}|K1`] : []);
});
