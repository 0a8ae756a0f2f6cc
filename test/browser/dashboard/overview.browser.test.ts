import type { Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView } from './openView.ts';

interface Overview {
  readonly campaign: {
    readonly theme: { readonly en: string };
    readonly participationCounts: readonly { readonly units: number }[];
    readonly completeness: { readonly total: Readonly<Record<string, number>> };
    readonly supportSummary: Readonly<Record<string, number>>;
    readonly awardSummary: Readonly<Record<string, number>>;
  };
}

const written = (value: number | undefined): string => Intl.NumberFormat('en-GB').format(Number(value));

it('shows what the graph answers', async () => {
  const { campaign } = await askGraph<Overview>('campaign-overview', { code: 'BCA-2021-COVID-TDDB' });
  const { total } = campaign.completeness;
  const { page, operations } = await openView('');
  expect(await page.locator('blockquote').textContent()).toBe(campaign.theme.en);
  expect(Object.values(await figuresUnder(page, 'Units taking part'))).toEqual(
    campaign.participationCounts.map(({ units }) => written(units)),
  );
  expect(await figuresUnder(page, 'Reports')).toEqual({
    Expected: written(total.expected),
    Received: written(total.received),
    'On time': written(total.onTime),
    Late: written(total.late),
    Missing: written(total.missing),
    'Not yet due': written(total.pending),
  });
  expect(await figuresUnder(page, 'Social support')).toMatchObject({
    Activities: written(campaign.supportSummary.activities),
    Deliveries: written(campaign.supportSummary.deliveries),
    'People helped': written(campaign.supportSummary.peopleReached),
  });
  expect(await figuresUnder(page, 'Awards')).toEqual({
    All: written(campaign.awardSummary.awards),
    Collectives: written(campaign.awardSummary.collective),
    Individuals: written(campaign.awardSummary.individual),
  });
  expect(operations).toEqual(['CampaignOverview']);
});

/** Lets the first answer come without its awards, as when that part of the graph is down. */
async function withoutAwardsOnce(page: Page): Promise<void> {
  await page.route(
    '**/graphql',
    async (route: Route) => {
      const response = await route.fetch();
      const { data } = await response.json();
      const errors = [
        {
          message: 'awards is down',
          path: ['campaign', 'awardSummary'],
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', retryable: true, requestId: 'request-1' },
        },
      ];
      await route.fulfill({ json: { data: { campaign: { ...data.campaign, awardSummary: null } }, errors } });
    },
    { times: 1 },
  );
}

it('shows the rest when a part of the graph is down, says what is missing and why, and asks again', async () => {
  const { page, ready } = await openView('', { before: withoutAwardsOnce });
  const note = page.locator('section', { hasText: '“Awards” cannot be shown yet' }).getByRole('status');
  expect(await note.textContent()).toContain('this part of the system is down or slow at the moment.');
  expect(await note.textContent()).toContain('request-1');
  expect(await figuresUnder(page, 'Social support')).toHaveProperty('Activities');
  await note.getByRole('button', { name: 'Try again' }).click();
  await note.waitFor({ state: 'detached' });
  await ready();
  expect(await figuresUnder(page, 'Awards')).toHaveProperty('Collectives');
});

it('says so when the server cannot be reached, and that there is no such campaign', async () => {
  const { page } = await openView('', {
    before: (opened) => opened.route('**/graphql', (route) => route.abort()),
  });
  expect(await page.getByRole('status').textContent()).toContain('the server cannot be reached');
  const unknown = await openView('?campaign=BCA-1999-NONE');
  await unknown.page.getByText('There is no campaign BCA-1999-NONE.').waitFor();
  expect(unknown.complaints).toEqual([]);
});

it('goes on in another language and theme by the address alone, and keeps them on the way to other views', async () => {
  const { page, operations } = await openView('');
  await page.getByLabel('Language').selectOption('vi');
  await page.getByRole('heading', { name: 'Tổng quan phong trào' }).waitFor();
  await page.getByLabel('Giao diện').selectOption('dark');
  expect(operations).toEqual(['CampaignOverview']);
  await page.getByRole('link', { name: 'Báo cáo muộn và thiếu' }).click();
  await page.getByRole('heading', { name: 'Báo cáo muộn và thiếu', level: 1 }).waitFor();
  expect(new URL(page.url()).search).toBe('?lang=vi&theme=dark');
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(20, 24, 29)');
  await page.goBack();
  await page.getByRole('heading', { name: 'Tổng quan phong trào' }).waitFor();
  expect(operations).toEqual(['CampaignOverview', 'ReportCompleteness']);
});

it('shows nothing of what another account was answered', async () => {
  const { page } = await openView('');
  await page.locator('blockquote').waitFor();
  await page.route('**/graphql', () => {});
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Access token').fill('a.b.c');
  await page.getByRole('button', { name: 'Use this token' }).click();
  await page.locator('blockquote').waitFor({ state: 'detached' });
  expect(await page.locator('article').textContent()).toBe('Campaign overviewLoading…');
});

it('says who asks when that is opened, and asks as somebody else with a token of theirs', async () => {
  const { page, operations } = await openView('');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Dashboard of the ministry').waitFor();
  const sent = page.waitForRequest((request) => request.headers().authorization === 'Bearer a.b.c');
  await dialog.getByLabel('Access token').fill('a.b.c');
  await dialog.getByRole('button', { name: 'Use this token' }).click();
  await sent;
  expect(operations.slice(0, 2)).toEqual(['CampaignOverview', 'WhoAmI']);
  await page.getByText('please sign in again').first().waitFor();
});
