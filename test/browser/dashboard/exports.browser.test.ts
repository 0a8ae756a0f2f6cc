import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { askGraph, openView } from './openView.ts';

interface Paged {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Reads a list of the graph to its end, as the export does not: a hundred rows at a time. */
async function whole(read: (after: string | null) => Promise<Paged>): Promise<Paged['nodes']> {
  const rows = [];
  for (let after: string | null = null; ; ) {
    const { nodes, pageInfo } = await read(after);
    rows.push(...nodes);
    if (!pageInfo.hasNextPage) return rows;
    after = pageInfo.endCursor;
  }
}

/** Exports the table that follows a heading; gives the lines of the file without its head, and what is said of it. */
async function exported(page: Page, heading: string): Promise<{ lines: string[]; said: string | null }> {
  const section = page.locator('section', { has: page.getByRole('heading', { name: heading }) }).last();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const said = section.getByRole('status').filter({ hasText: 'exported' });
  await said.waitFor();
  const [, ...lines] = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  return { lines, said: await said.textContent() };
}

const campaign = 'BCA-2021-COVID-TDDB';

it('exports all overdue houses, of which the page shows twenty', async () => {
  const on = '2022-06-30';
  const all = await whole(async (after) => {
    const answer = await askGraph<{ houseProjects: Paged }>('houses', { campaign, on, first: 100, after });
    return answer.houseProjects;
  });
  const { page, operations } = await openView('houses');
  expect(operations).toEqual(['Houses']);
  const { lines, said } = await exported(page, 'Houses overdue on 30 Jun 2022');
  expect(lines.map((line) => line.split(',')[0])).toEqual(all.map(({ code }) => code));
  expect(lines.length).toBeGreaterThan(20);
  expect(said).toBe(`All ${lines.length} rows are exported.`);
});

it('exports all missing reports of a period from any of their pages, in the order that is chosen', async () => {
  const period = { code: '2021-10' };
  const asked = { campaign, under: 'BCA', period, first: 1, firstMissing: 50 };
  interface Missing {
    readonly campaign: { readonly completeness: { readonly total: { readonly missingReports: Paged } } };
  }
  const read = async (afterMissing: string | null) =>
    (await askGraph<Missing>('report-completeness', { ...asked, afterMissing })).campaign.completeness.total
      .missingReports;
  const all = await whole(read);
  const { page, ready } = await openView('reports?period=2021-10&missing.sort=-dueOn');
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Missing reports' }) });
  const next = section.getByRole('button', { name: 'Next' });
  if (await next.isVisible()) await next.click();
  await ready();
  const { lines } = await exported(page, 'Missing reports');
  expect(lines).toHaveLength(all.length);
  const due = lines.map((line) => line.split(',').at(-1));
  expect(due).toEqual(due.toSorted().toReversed());
});

it('exports the gazette of one form under the filters of the page, and says that it broke off when it does', async () => {
  const form = 'GK';
  const all = await whole(async (after) => {
    const answer = await askGraph<{ awards: Paged }>('award-gazette', { campaign, form, first: 100, after });
    return answer.awards;
  });
  const { page } = await openView(`awards?form=${form}`);
  const { lines } = await exported(page, 'Award gazette');
  expect(lines).toHaveLength(all.length);

  await page.route('**/graphql', (route) => route.abort());
  await page.getByRole('button', { name: 'Export CSV' }).last().click();
  await page.getByText('Nothing was exported: the list broke off after 0 rows.').waitFor();
});
