import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { openView, type ViewOptions } from './openView.ts';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Gives what axe finds serious or critical in a view, each with the first place; the page's policy lets no other script in. */
export async function seriousFindings(address: string, options: ViewOptions = {}): Promise<string[]> {
  const { page } = await openView(address, { bypassCSP: true, ...options });
  await page.addScriptTag({ path: axe });
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html} (${nodes[0]?.failureSummary})`);
}

/** Gives by how many pixels a page is wider than the window. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
