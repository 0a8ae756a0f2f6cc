import { expect, test } from 'vitest';
import { demoViewer, publicViewer, type Viewer } from '../../server/viewer.ts';
import { type Credential, identify } from './identity.ts';

const an: Viewer = { ...demoViewer, subject: 'an', role: 'OFFICER', unitPath: '/BCA/T01.1/' };
const binh: Viewer = { ...an, subject: 'binh', role: 'COMMANDER' };
const whenNamed =
  (header: string, viewer: Viewer): Credential =>
  ({ headers }) =>
    headers[header] === undefined ? null : viewer;
const who = identify([whenNamed('x-an', an), whenNamed('x-binh', binh)], publicViewer);

test('it is whom the credential names, in the language of the request', async () => {
  expect(await who({ headers: { 'x-binh': '1', 'accept-language': 'en' }, url: '/' })).toEqual({
    ...binh,
    locale: 'EN',
  });
});

test('without credentials it is nobody in particular', async () => {
  expect(await who({ headers: {}, url: '/' })).toEqual(publicViewer);
});

test('with two kinds of credentials nobody is guessed', async () => {
  await expect(who({ headers: { 'x-an': '1', 'x-binh': '1' }, url: '/' })).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: 'The request carries credentials of two kinds; send one of them.',
  });
});
