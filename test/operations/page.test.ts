import { expect, test } from 'vitest';
import { pageOf } from './page.ts';

// It reads the stored answers: after a change of both, -u has to run twice.
test('docs/queries.md shows every operation with its question, variables, answer and price', async () => {
  await expect(pageOf()).toMatchFileSnapshot('../../docs/queries.md');
});
