import { expect, test } from 'vitest';
import { DEMO_VIEWER_HEADER, demoHeader } from './demoHeader.ts';

const asked = (header: string) => demoHeader({ headers: { [DEMO_VIEWER_HEADER]: header }, url: '/graphql' });

test('a header names somebody; without it, nobody is named', () => {
  expect(asked('role=COMMANDER; unit=/BCA/T01.1/; name=an; scopes=award:decide feed; policies=p')).toEqual({
    subject: 'demo:an',
    role: 'COMMANDER',
    unitPath: '/BCA/T01.1/',
    scopes: ['award:decide', 'feed'],
    policies: ['p'],
    locale: 'VI',
  });
  expect(asked('role=OFFICER; unit=/BCA/T01.1/')).toMatchObject({ subject: 'demo:OFFICER/BCA/T01.1/' });
  expect(demoHeader({ headers: {}, url: '/graphql' })).toBeNull();
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
  expect(() => asked(header)).toThrow('x-demo-viewer takes role=');
});
