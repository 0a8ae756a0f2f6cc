import { mkdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { startShop } from '../gateway/startShop.ts';
import { openPage } from './openPage.ts';

it('opens on the examples, runs one, and asks nobody but our own origin', async () => {
  const shop = await startShop({ carrier: 'memory' });
  onTestFinished(() => shop.stop());
  const { page, complaints, asked } = await openPage();

  await page.goto(shop.url);
  await page.getByRole('tab', { name: 'Example' }).waitFor();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.locator('.result-window').getByText('"rating"').last().waitFor();
  expect((await page.locator('.result-window').textContent())?.replace(/\s/gu, '')).toContain('"rating":30');
  await page
    .getByRole('button', { name: /documentation explorer/iu })
    .first()
    .click();
  await page.getByText('Root Types').waitFor();

  await page.getByRole('tab', { name: 'Second' }).click();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.locator('.result-window').getByText('"Product 7"').waitFor();

  mkdirSync('.data', { recursive: true });
  await page.screenshot({ path: '.data/explorer.png' });
  expect(complaints).toEqual([]);
  expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(new Set([shop.url]));
});
