import fc from 'fast-check';
import { expect, test } from 'vitest';
import { grants, type Scope } from '../../server/access/grants.ts';
import { publicViewer, type Role, type Viewer } from '../../server/viewer.ts';
import { rowFilter, seesRow } from './rows.ts';

const viewer = (role: Role, unitPath: string | null, ...scopes: string[]): Viewer => ({
  ...publicViewer,
  role,
  unitPath,
  scopes,
});
const none = { scopePath: { $in: [] } };
const province = '/BCA/T01.1/';
const subtree = { scopePath: { $gte: province, $lt: '/BCA/T01.10' } };

test.each([
  ['PUBLIC', null, 'activities:read', none],
  ['PARTNER', province, 'activities:read', none],
  ['OFFICER', province, 'activities:read', { scopePath: province }],
  ['OFFICER', province, 'honoured:read', subtree],
  ['COMMANDER', province, 'activities:read', subtree],
  ['COMMANDER', province, 'people:read', { scopePath: province }],
  ['MINISTRY', null, 'activities:read', {}],
  ['MINISTRY', '/BCA/', 'people:read', none],
  ['ADMIN', '/BCA/', 'drafts:read', none],
  ['ADMIN', '/BCA/', 'audit:read', {}],
  // A part of the tree is nothing for a viewer outside of it.
  ['OFFICER', null, 'activities:read', none],
  ['COMMANDER', null, 'audit:read', none],
] as const)('%s at %s in %s reads by %j', (role, unitPath, scope, filter) => {
  expect(rowFilter(viewer(role, unitPath), scope)).toEqual(filter);
});

test('a scope that only a token gives opens rows with the token alone', () => {
  expect(rowFilter(viewer('MINISTRY', '/BCA/'), 'award:decide')).toEqual(none);
  expect(rowFilter(viewer('MINISTRY', '/BCA/', 'award:decide'), 'award:decide')).toEqual({});
});

test('another field may hold the path', () => {
  expect(rowFilter(viewer('OFFICER', province), 'dossiers:read', 'proposerPath')).toEqual({
    proposerPath: province,
  });
});

test('the filter and the question about one record say the same', () => {
  const paths = ['/BCA/', province, '/BCA/T01.1/H001.1/', '/BCA/T010.1/', '/BCA/T44.1/'];
  const roles: readonly Role[] = ['PUBLIC', 'PARTNER', 'OFFICER', 'COMMANDER', 'MINISTRY', 'ADMIN'];
  fc.assert(
    fc.property(
      fc.constantFrom(...roles),
      fc.constantFrom(null, ...paths),
      fc.constantFrom(...(Object.keys(grants) as Scope[])),
      fc.constantFrom(...paths),
      (role, unitPath, scope, path) => {
        const asker = viewer(role, unitPath);
        expect(seesRow(asker, scope, path)).toBe(matches(rowFilter(asker, scope), path));
      },
    ),
    { seed: 59, numRuns: 2_000 },
  );
});

/** What MongoDB makes of the few forms that a filter of rows has. */
function matches({ scopePath: rule }: Record<string, unknown>, path: string): boolean {
  if (rule === undefined) return true;
  if (typeof rule === 'string') return rule === path;
  const { $gte, $lt } = rule as { $gte?: string; $lt?: string };
  return $gte !== undefined && $lt !== undefined && path >= $gte && path < $lt;
}
