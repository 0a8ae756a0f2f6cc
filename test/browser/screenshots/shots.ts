import type { Page } from 'playwright-core';
import { editorsReady } from '../editorsReady.ts';

/** One picture of the documentation. */
export interface Shot {
  /** The name of its file. */
  readonly name: string;
  readonly path: string;
  readonly scheme: 'light' | 'dark';
  /** What a person does before there is something to see; by default they wait for the answer of the view. */
  readonly until?: (page: Page) => Promise<void>;
}

/** Runs a partner's question of a few lines, with its explanation. */
async function explained(page: Page): Promise<void> {
  await editorsReady(page);
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: /^P5\. /u }).click();
  await page.getByRole('tab', { name: 'PartnerVerifyAward' }).waitFor();
  const explain = page.getByRole('button', { name: /^(show|hide)? ?explain$/iu });
  await explain.first().click();
  await page.getByRole('region', { name: 'Explanation' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: /execute query/iu }).click();
  await page.getByRole('table', { name: 'Totals' }).waitFor();
}

/** All pictures; a view that is not there yet gets none. */
export const shots: readonly Shot[] = [
  { name: 'overview', path: '/dashboard/?lang=en', scheme: 'light' },
  { name: 'overview-dark', path: '/dashboard/?lang=vi', scheme: 'dark' },
  { name: 'support', path: '/dashboard/support?lang=en', scheme: 'light' },
  { name: 'units', path: '/dashboard/units?lang=en', scheme: 'light' },
  { name: 'reports', path: '/dashboard/reports?lang=en', scheme: 'light' },
  { name: 'clusters-dark', path: '/dashboard/clusters?lang=en', scheme: 'dark' },
  { name: 'explorer', path: '/', scheme: 'light', until: explained },
];
