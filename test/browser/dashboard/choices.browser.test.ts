import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView, rowsOf } from './openView.ts';

/** What can be chosen in a field, without its first option. */
const offered = (page: Page, label: string): Promise<string[]> =>
  page
    .getByLabel(label)
    .locator('option')
    .evaluateAll((options) => options.slice(1).map((option) => (option as { value?: string }).value ?? ''));

const campaign = 'BCA-2021-COVID-TDDB';

interface Days {
  readonly campaign: {
    readonly reportsUntil: string;
    readonly period: { readonly from: string };
    readonly supportSummary: { readonly latestOn: string };
  };
}

it('offers the months of the campaign in view, from its first day to its last reports or activities', async () => {
  const { campaign: reported } = await askGraph<Days>('report-completeness', { campaign });
  const { page } = await openView('reports');
  const months = (await offered(page, 'Period')).filter((code) => !code.includes('Q'));
  expect([months[0], months.at(-1)]).toEqual([
    reported.period.from.slice(0, 7),
    reported.reportsUntil.slice(0, 7),
  ]);
  const { campaign: supported } = await askGraph<Days>('support-by-province', { campaign });
  const support = await openView('support');
  const ofSupport = (await offered(support.page, 'Period')).filter((code) => !code.includes('Q'));
  expect(ofSupport.at(-1)).toBe(supported.supportSummary.latestOn.slice(0, 7));
});

it('offers the months of another campaign, which the address names', async () => {
  const child = 'D01-2021-COVID-TDDB';
  const { campaign: found } = await askGraph<Days>('support-by-province', { campaign: child });
  const { page } = await openView(`support?campaign=${child}`);
  const codes = await offered(page, 'Period');
  expect(codes).toContain(`${child}:P1`);
  expect(codes.find((code) => /^\d{4}-\d{2}$/u.test(code))).toBe(found.period.from.slice(0, 7));
});

it('offers the years that there are clusters of, and shows the latest', async () => {
  const { emulationClusterYears } = await askGraph<{ emulationClusterYears: number[] }>(
    'cluster-ranking',
    {},
  );
  const { page } = await openView('clusters');
  expect([await page.getByLabel('Year').inputValue(), ...(await offered(page, 'Year'))]).toEqual(
    emulationClusterYears.map(String),
  );
});

it('offers the days on which the units that are shown began or ended', async () => {
  const { page } = await openView('units?on=2021-08-01&path=T01.1');
  const days = page.getByRole('group', { name: 'Day' }).getByRole('button');
  expect(await days.allTextContents()).toEqual(['1 Aug 2021', '1 Mar 2025', '1 Jul 2025', 'Today']);
  await days.nth(1).click();
  await page.getByText('Công an quận Ba Đình', { exact: true }).waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('on')).toBe('2025-03-01');
});

interface Board {
  readonly campaign: {
    readonly indicators: readonly {
      readonly targetCounts: readonly { readonly status: string; readonly targets: number }[];
      readonly targets: {
        readonly nodes: readonly { readonly unit: { readonly name: { readonly en: string } } }[];
        readonly pageInfo: { readonly endCursor: string };
        readonly totalCount: number;
      };
    }[];
  };
}

it('reads on in the targets of one indicator, as the address says, while its figures count all of them', async () => {
  const asked = { campaign, indicator: ['CT1'] };
  const first = (await askGraph<Board>('target-board', { ...asked, first: 10 })).campaign.indicators[0];
  const after = first?.targets.pageInfo.endCursor;
  const rest = (await askGraph<Board>('target-board', { ...asked, first: 70, after })).campaign.indicators[0];
  const total = Number(first?.targets.totalCount);
  const { page } = await openView(`targets?indicator=CT1&after=${after}`);
  await page.getByText(`Showing ${total - 10} of ${total} targets of this indicator`).waitFor();
  const rows = await rowsOf(page, 'Targets of the units');
  expect(rows.map(([unit]) => unit)).toEqual(rest?.targets.nodes.map(({ unit }) => unit.name.en));
  const met = first?.targetCounts.find(({ status }) => status === 'MET')?.targets;
  const heading = 'Bring down crimes against social order by at least 5% CT1';
  expect(await figuresUnder(page, heading)).toMatchObject({ Met: String(met) });
  await page.getByRole('button', { name: 'Back to the first page' }).click();
  await page.getByText(/^Showing/u).waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?indicator=CT1');
});

it('shows the awards of the campaign in view on a card, or those of all, and says which', async () => {
  interface Card {
    readonly unit: { readonly awards: { readonly nodes: readonly object[] } };
  }
  const code = 'T33.1';
  const all = await askGraph<Card>('unit-card', { code });
  const own = await askGraph<Card>('unit-card', { code, awardsOf: [campaign] });
  const { page } = await openView(`unit?code=${code}`);
  const shown =
    'Latest awards of the unit itself: Special emulation movement of the Ministry of Public Security';
  expect(await rowsOf(page, shown)).toHaveLength(own.unit.awards.nodes.length);
  expect(own.unit.awards.nodes).toEqual([]);
  await page.getByText('The unit itself has no award in this campaign.').waitFor();
  await page.getByLabel('Awards listed').selectOption('In all campaigns');
  await page.getByRole('columnheader', { name: 'Campaign' }).waitFor();
  expect(await rowsOf(page, 'Latest awards of the unit itself, in all campaigns')).toHaveLength(
    all.unit.awards.nodes.length,
  );
  expect(new URL(page.url()).searchParams.get('awards')).toBe('all');
});
