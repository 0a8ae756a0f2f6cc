import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the browser has reported as errors. */
  readonly complaints: readonly string[];
  /** The origins that were asked for anything. */
  readonly asked: readonly string[];
}

// Starting it takes longer than most tests: one for all tests of a file.
let browser: Promise<Browser> | undefined;
const shared = new Map<string, Promise<BrowserContext>>();
afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
  shared.clear();
});

async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
  browser ??= launchChromium();
  return (await browser).newContext({ viewport: { width: 1280, height: 800 }, ...options });
}

/** Opens an empty page in Chromium until the test ends, as `options` say. Throws when there is no Chromium. */
export async function openPage(options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const context = await newContext(options);
  onTestFinished(() => context.close());
  return listenTo(await context.newPage());
}

/**
 * The same for a page that keeps nothing beyond its tab: all of a file's that are opened with the same options share the
 * scripts that were fetched once.
 */
export async function openTab(options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const key = JSON.stringify(options);
  const context = shared.get(key) ?? newContext(options);
  shared.set(key, context);
  const page = await (await context).newPage();
  onTestFinished(() => page.close());
  return listenTo(page);
}

function listenTo(page: Page): OpenedPage {
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  return { page, complaints, asked };
}
