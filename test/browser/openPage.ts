import type { BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { launchChromium } from './chromium.ts';

export interface OpenedPage {
  readonly page: Page;
  /** What the browser has reported as errors. */
  readonly complaints: readonly string[];
  /** The origins that were asked for anything. */
  readonly asked: readonly string[];
}

/** Opens an empty page in Chromium until the test ends, as `options` say. Throws when there is no Chromium. */
export async function openPage(options: BrowserContextOptions = {}): Promise<OpenedPage> {
  const browser = await launchChromium();
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, ...options });
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  return { page, complaints, asked };
}
