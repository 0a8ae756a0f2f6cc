import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { startShop } from '../gateway/startShop.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

it('opens on the examples, runs one, and asks nobody but our own origin', async () => {
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error(
      `This test needs Chromium and found none at ${places.join(', ')}; apt-get install chromium`,
    );
  }
  const shop = await startShop({ carrier: 'memory' });
  onTestFinished(() => shop.stop());
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(new URL(request.url()).origin));

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
