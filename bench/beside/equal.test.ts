import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { assertEqual } from './equal.ts';

/** Answers everything with one body. */
async function answering(name: string, answer: object) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end(JSON.stringify(answer)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { name, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, programs: [] };
}

const card = [{ name: 'card', bodies: ['{"query":"{ unit { code } }"}'] }];
const first = { data: { unit: { code: 'T33.1', name: 'Huế' }, computedAt: '2021-08-15T00:00:00Z' } };

test('the order of fields and the clock of the answer do not count', async () => {
  const other = { data: { computedAt: '2021-08-15T00:00:09Z', unit: { name: 'Huế', code: 'T33.1' } } };
  await expect(
    assertEqual([await answering('one', first), await answering('other', other)], card),
  ).resolves.toBeUndefined();
});

test.each([
  [
    'other data',
    { data: { unit: { code: 'T33.1', name: null } } },
    /other and one answer card with different data/u,
  ],
  ['errors', { errors: [{ message: 'no' }], data: null }, /other answered 200 to .*"message":"no"/u],
])('%s end the benchmark before anything is measured', async (_, answer, message) => {
  await expect(
    assertEqual([await answering('one', first), await answering('other', answer)], card),
  ).rejects.toThrow(message);
});
