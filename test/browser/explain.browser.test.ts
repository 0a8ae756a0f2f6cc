import { mkdirSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import type { ExplainedAnswer } from '../../server/explain.ts';
import type { ShopDoor } from '../gateway/shop.ts';
import { openExplorer } from './openExplorer.ts';

const explain: ExplainedAnswer = {
  commands: [
    {
      collection: 'shop_products',
      command: 'find',
      filter: { id: { $in: '[3 values]' } },
      pipeline: null,
      sort: { name: 1 },
      projection: { name: 1 },
      index: 'id_1',
      keysExamined: 4,
      documentsExamined: 3,
      returned: 3,
      getMores: 0,
      durationMs: 1.25,
    },
  ],
  explainingMs: 0,
};

/** A door of the shop that says what it has asked of a database, when it is asked that. */
const explaining = (_: string, door: ShopDoor): ShopDoor => ({
  ...door,
  ask: async (request) => {
    const answer = await door.ask(request);
    return request.explain ? { ...answer, extensions: { explain } } : answer;
  },
});

it('shows what an operation cost, when that is switched on', async () => {
  const pages = inject('builtPages');
  const { page, complaints } = await openExplorer({ carrier: 'http', door: explaining, pages });
  const run = page.getByRole('button', { name: /execute query/iu });
  const answer = page.locator('.result-window');

  await page
    .getByRole('button', { name: /^(show|hide)? ?explain$/iu })
    .first()
    .click();
  const panel = page.getByRole('region', { name: 'Explanation' });
  await panel.getByText('Switch it on and run an operation.').waitFor();
  await run.click();
  await answer.getByText('"rating"').last().waitFor();
  await panel.getByText('Switch it on and run an operation.').waitFor();

  await panel.getByRole('checkbox').check();
  await run.click();
  const totals = panel.getByRole('table', { name: 'Totals' });
  await totals.waitFor();
  const rows = await totals.getByRole('row').allTextContents();
  expect(rows.slice(0, -1)).toEqual([
    'Fetches2',
    'Waves2',
    'MongoDB commands2',
    'Documents examined6',
    'Rows3',
    'Documents per row2',
  ]);
  expect(rows.at(-1)).toMatch(/^Time\d+\.\d ms$/u);
  const fetches = panel.locator('.explain-fetch');
  expect(await fetches.locator('strong').allTextContents()).toEqual(['products', 'reviews · products.@']);
  expect(await fetches.nth(1).textContent()).toContain('3 of 3 references');
  const bars = await fetches.locator('.explain-time > div').all();
  const widths = await Promise.all(bars.map(async (bar) => (await bar.boundingBox())?.width ?? 0));
  expect(widths.every((width) => width > 0)).toBe(true);
  const command = panel.locator('.explain-command').first();
  await command.locator('summary').click();
  expect(await command.textContent()).toBe(
    'shop_products find index id_1, 4 keys, 3 documents, 3 returned, 1.3 ms' +
      JSON.stringify(
        { filter: { id: { $in: '[3 values]' } }, sort: { name: 1 }, projection: { name: 1 } },
        null,
        2,
      ),
  );
  expect(await answer.textContent()).not.toContain('explain');

  mkdirSync('.data', { recursive: true });
  await page.screenshot({ path: '.data/explain.png' });
  expect(complaints).toEqual([]);
});
