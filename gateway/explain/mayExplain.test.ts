import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { publicViewer, type Role, type Viewer } from '../../server/viewer.ts';
import { recorderOf } from './mayExplain.ts';

const asking = (header: string | undefined, url = '/graphql') =>
  ({ headers: { 'x-explain': header }, routeOptions: { url } }) as unknown as FastifyRequest;
const viewer = (role: Role, scopes: readonly string[] = []): Viewer => ({ ...publicViewer, role, scopes });

const outcome = (development: boolean, who: Viewer, header: string | undefined, url?: string): string => {
  try {
    return recorderOf(development)(asking(header, url), who) ? 'explained' : 'not explained';
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
};

test.each<[Role, string]>([
  ['PUBLIC', 'FORBIDDEN'],
  ['PARTNER', 'FORBIDDEN'],
  ['OFFICER', 'FORBIDDEN'],
  ['COMMANDER', 'explained'],
  ['MINISTRY', 'explained'],
  ['ADMIN', 'explained'],
])('the role %s: %s', (role, expected) => {
  expect(outcome(false, viewer(role), '1')).toBe(expected);
});

test.each<[string, boolean, Viewer, string | undefined, string | undefined, string]>([
  ['anybody in development', true, publicViewer, '1', undefined, 'explained'],
  [
    'a partner whose manifest names the scope',
    false,
    viewer('PARTNER', ['explain:read']),
    '1',
    undefined,
    'FORBIDDEN',
  ],
  ['whoever does not ask', false, publicViewer, undefined, undefined, 'not explained'],
  ['whoever says no', false, publicViewer, '0', undefined, 'not explained'],
  ['a header that says something else', true, publicViewer, 'true', undefined, 'BAD_REQUEST'],
  ['another route', false, publicViewer, '1', '/export/support.csv', 'not explained'],
])('%s', (_, development, who, header, url, expected) => {
  expect(outcome(development, who, header, url)).toBe(expected);
});
