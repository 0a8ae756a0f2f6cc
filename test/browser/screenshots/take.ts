import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { startProgram } from '../../harness/program.ts';
import { launchChromium } from '../chromium.ts';
import { pagesBuilt } from '../pagesBuilt.ts';
import { type Shot, shots } from './shots.ts';

const directory = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const MOST_BYTES = 150 * 1024;

/**
 * `npm run screenshots`: makes the pictures of docs/screenshots/ anew, of the program on the demo seed.
 * @throws when there is no Chromium, when a view does not come to show its answer, or a picture is larger than 150 KB.
 */
export async function takeScreenshots(): Promise<void> {
  const browser = await launchChromium();
  try {
    const program = await startProgram({ DASHBOARD: 'on', LOG_LEVEL: 'info' });
    try {
      await pagesBuilt(program.url);
      await rm(directory, { recursive: true, force: true });
      await mkdir(directory, { recursive: true });
      for (const shot of shots) await take(browser, program.url, shot);
    } finally {
      await program.stop();
    }
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, url: string, { name, path, scheme, until }: Shot): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme: scheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  });
  try {
    await page.goto(url + path);
    const notThere = page.getByRole('heading', { name: 'There is no such page' });
    const answered = page.locator('article[aria-busy=false]');
    await (until ? until(page) : answered.or(notThere).waitFor());
    if (await notThere.isVisible()) return;
    await page.waitForLoadState('networkidle');
    const file = join(directory, `${name}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
    const { size } = await stat(file);
    console.log(`${name}.png: ${Math.round(size / 1024)} KB`);
    if (size > MOST_BYTES) throw new Error(`${file} is larger than ${MOST_BYTES / 1024} KB.`);
  } finally {
    await page.close();
  }
}
