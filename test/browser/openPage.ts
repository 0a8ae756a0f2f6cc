import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the browser has reported as errors. */
  readonly complaints: readonly string[];
  /** The origins that were asked for anything. */
  readonly asked: readonly string[];
}

// Starting it takes longer than most tests: one for all tests of a file, each with a context of its own.
let browser: Promise<Browser> | undefined;
afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});

/** Opens an empty page in Chromium until the test ends, as `options` say. Throws when there is no Chromium. */
export async function openPage(options: BrowserContextOptions = {}): Promise<OpenedPage> {
  browser ??= launchChromium();
  const context = await (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  return { page, complaints, asked };
}
