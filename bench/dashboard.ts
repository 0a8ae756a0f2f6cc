import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../test/browser/chromium.ts';
import { freePort, startProgram, whenReady } from './processes.ts';
import { median, percentile, type Table } from './table.ts';

export interface DashboardOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How often the first view is opened. */
  readonly rounds: number;
}

/** Opened before it counts: the server has read its files and asked its database by then. */
const WARMING = 2;

/** Measures how soon the first view of the dashboard shows data, in Chromium, on the demo seed and a warm server. */
export async function benchDashboard({ env, rounds }: DashboardOptions): Promise<Table[]> {
  const browser = await launchChromium();
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const port = await freePort();
  const environment = { DATA_DIR: directory, PORT: String(port), LOG_LEVEL: 'error', SEED: 'demo' };
  const program = startProgram('together', ['main.ts'], environment, env);
  const url = `http://127.0.0.1:${port}`;
  try {
    await whenReady(`${url}/health/ready`, program);
    await whenReady(`${url}/dashboard/`, program);
    for (let round = 0; round < WARMING; round += 1) await secondsToData(browser, url);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) seconds.push(await secondsToData(browser, url));
    return [tableOf(seconds)];
  } finally {
    await browser.close();
    await program.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Opens the first view as somebody who was never there, with nothing kept; gives the time until its answer is drawn. */
async function secondsToData(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const begun = performance.now();
    await page.goto(`${url}/dashboard/`);
    await page.locator('article[aria-busy=false] .figure').first().waitFor();
    return (performance.now() - begun) / 1_000;
  } finally {
    await context.close();
  }
}

const tableOf = (seconds: readonly number[]): Table => ({
  title: 'The first view of the dashboard on the demo seed, seconds from the address to its data',
  columns: ['opened', 'median', 'p95', 'goal'],
  rows: [
    [`${seconds.length} times`, median(seconds).toFixed(2), percentile(seconds, 0.95).toFixed(2), '≤ 1.5'],
  ],
});
