import { expect, test } from 'vitest';
import { demoViewer, publicViewer } from '../../server/viewer.ts';
import { DEMO_VIEWER_HEADER, whoAsks } from './whoAsks.ts';

test('without credentials it is the demo ministry in development, and the public everywhere else', () => {
  expect(whoAsks({}, true)).toEqual(demoViewer);
  expect(whoAsks({}, false)).toEqual(publicViewer);
});

test('in development a header names somebody else', () => {
  const header =
    'role=COMMANDER; unit=/BCA/T01.1/; name=an; scopes=award:decide feed; policies=data-protection';
  expect(whoAsks({ [DEMO_VIEWER_HEADER]: header }, true)).toEqual({
    subject: 'demo:an',
    role: 'COMMANDER',
    unitPath: '/BCA/T01.1/',
    scopes: ['award:decide', 'feed'],
    policies: ['data-protection'],
    locale: 'VI',
  });
  const { subject } = whoAsks({ [DEMO_VIEWER_HEADER]: 'role=OFFICER; unit=/BCA/T01.1/' }, true);
  expect(subject).toBe('demo:OFFICER/BCA/T01.1/');
});

test('outside of development the header is nobody’s', () => {
  expect(whoAsks({ [DEMO_VIEWER_HEADER]: 'role=ADMIN; unit=/BCA/' }, false)).toEqual(publicViewer);
});

test.each([
  '',
  'ADMIN',
  'role=KING',
  'role=OFFICER; unit=BCA',
  'unit=/BCA/',
  'role=OFFICER; colour=red',
  'role=',
])('a header %j is refused, not guessed', (header) => {
  expect(() => whoAsks({ [DEMO_VIEWER_HEADER]: header }, true)).toThrow('x-demo-viewer takes role=');
});

test.each([
  [undefined, 'VI'],
  ['en', 'EN'],
  ['en-GB,en;q=0.9,vi;q=0.8', 'EN'],
  ['vi;q=0.9, en;q=0.8', 'VI'],
  ['fr, en;q=0.5', 'EN'],
  ['fr', 'VI'],
  ['en;q=0', 'VI'],
  ['vi, en', 'VI'],
])('Accept-Language %j speaks %s', (header, locale) => {
  expect(whoAsks({ 'accept-language': header }, true).locale).toBe(locale);
});
