import { mkdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { startShop } from '../gateway/startShop.ts';
import { openPage } from './openPage.ts';

/** Opens the shop's explorer in a browser; gives what the page complained of, and whom it asked. */
async function openExplorer() {
  const shop = await startShop({ carrier: 'memory' });
  onTestFinished(() => shop.stop());
  const { page, complaints, asked } = await openPage();
  await page.goto(shop.url);
  await page.getByRole('tab', { name: 'Example' }).waitFor();
  return { page, shop, complaints, asked };
}

it('opens on the examples, runs one, and asks nobody but our own origin', async () => {
  const { page, shop, complaints, asked } = await openExplorer();
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

it('asks as whoever is chosen, unless the headers of the tab say who asks', async () => {
  const { page, shop, complaints } = await openExplorer();
  const askers = page.getByLabel('Ask as');
  const asker = async (): Promise<string | undefined> => {
    const before = shop.calls.length;
    await page.getByRole('button', { name: /execute query/iu }).click();
    await expect.poll(() => shop.calls.length, { timeout: 10_000 }).toBeGreaterThan(before);
    return shop.calls.at(-1)?.viewer.subject;
  };
  expect(await askers.locator('option').allTextContents()).toEqual([
    'Ministry dashboard',
    'Officer of Hanoi',
    'Commander of Hanoi',
    'Administrator',
    'Partner app',
    'The public',
  ]);
  expect(await asker()).toBe('demo-ministry');
  await askers.selectOption('Officer of Hanoi');
  expect(await asker()).toBe('demo:an');
  await page.screenshot({ path: '.data/explorer-askers.png' });

  await page.reload();
  await page.getByRole('tab', { name: 'Example' }).waitFor();
  expect(await asker()).toBe('demo:an');

  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .CodeMirror').last().click();
  await page.keyboard.insertText('{ "X-Demo-Viewer": "role=PARTNER; name=typed" }');
  await expect.poll(asker, { timeout: 20_000 }).toBe('demo:typed');
  expect(complaints).toEqual([]);
});
