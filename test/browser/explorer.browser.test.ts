import { mkdirSync } from 'node:fs';
import { expect, inject, it } from 'vitest';
import { editorsReady } from './editorsReady.ts';
import { openExplorer } from './openExplorer.ts';
import { openPage } from './openPage.ts';

const open = () => openExplorer({ carrier: 'memory', pages: inject('builtPages') });

it('opens on the first example, runs it, and asks nobody but our own origin', async () => {
  const { page, shop, complaints, asked } = await open();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.locator('.result-window').getByText('"rating"').last().waitFor();
  expect((await page.locator('.result-window').textContent())?.replace(/\s/gu, '')).toContain('"rating":30');
  await page
    .getByRole('button', { name: /documentation explorer/iu })
    .first()
    .click();
  await page.getByText('Root Types').waitFor();

  mkdirSync('.data', { recursive: true });
  await page.screenshot({ path: '.data/explorer.png' });
  expect(complaints).toEqual([]);
  expect(new Set(asked.filter((origin) => origin !== 'null'))).toEqual(new Set([shop.url]));
});

it('opens on an operation that runs as it stands, with its variables', async () => {
  const { page, complaints } = await openPage();
  await page.goto(inject('programUrl'));
  await editorsReady(page);
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.locator('.result-window').getByText('"BCA-2021-COVID-TDDB"').waitFor();
  expect(await page.locator('.result-window').textContent()).not.toContain('"errors"');
  expect(complaints).toEqual([]);
});

it('offers the examples by who asks them, and opens one as its asker, beside what is open', async () => {
  const { page, shop, complaints } = await open();
  const choice = page.getByRole('dialog', { name: 'Examples' });
  const choose = async (title: string) => {
    await page.getByRole('button', { name: 'Examples' }).click();
    await choice.getByRole('button', { name: title }).click();
  };
  await page.getByRole('button', { name: 'Examples' }).click();
  expect(await choice.getByRole('heading').allTextContents()).toEqual(['Shops', 'Customers']);
  expect(await choice.getByRole('listitem').allTextContents()).toEqual(['All products', 'One product']);
  await choice.getByRole('button', { name: 'Close' }).click();

  await choose('One product');
  await page.getByRole('tab', { name: 'Second' }).waitFor();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.locator('.result-window').getByText('"Product 7"').waitFor();
  expect(shop.calls.at(-1)?.viewer.role).toBe('PUBLIC');

  await choose('All products');
  await choose('One product');
  await page.locator('.result-window').getByText('"Product 7"').waitFor();
  expect(await page.getByRole('tab').all()).toHaveLength(2);
  expect(complaints).toEqual([]);
});

it('asks as whoever is chosen, unless the headers of the tab say who asks', async () => {
  const { page, shop, complaints } = await open();
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
  await editorsReady(page);
  expect(await asker()).toBe('demo:an');

  await page.getByRole('button', { name: 'Headers' }).click();
  await page.locator('.graphiql-editor-tool .CodeMirror').last().click();
  await page.keyboard.insertText('{ "X-Demo-Viewer": "role=PARTNER; name=typed" }');
  await expect.poll(asker, { timeout: 20_000 }).toBe('demo:typed');
  expect(complaints).toEqual([]);
});
