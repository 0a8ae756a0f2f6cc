import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView, rowsOf } from './openView.ts';

interface Card {
  readonly unit: {
    readonly supportSummary: Readonly<Record<string, number>>;
    readonly awardSummary: Readonly<Record<string, number>>;
    readonly reportStats: Readonly<Record<string, number>>;
    readonly awards: {
      readonly nodes: readonly {
        readonly form: { readonly name: { readonly en: string } };
        readonly decision: { readonly number: string };
      }[];
    };
  };
}

const written = (value: number | undefined): string => Intl.NumberFormat('en-GB').format(Number(value));

it('shows what the graph answers about a unit, in one question', async () => {
  const { unit } = await askGraph<Card>('unit-card', { code: 'T33.1', allCampaigns: true });
  const { supportSummary, reportStats, awardSummary } = unit;
  const { page, operations } = await openView('unit?code=T33.1&awards=all');
  expect(await figuresUnder(page, 'Social support')).toMatchObject({
    Activities: written(supportSummary.activities),
    Deliveries: written(supportSummary.deliveries),
    'People helped': written(supportSummary.peopleReached),
  });
  expect(await figuresUnder(page, 'Reports')).toEqual({
    Expected: written(reportStats.expected),
    Received: written(reportStats.received),
    'On time': written(reportStats.onTime),
    Late: written(reportStats.late),
    Missing: written(reportStats.missing),
  });
  expect(await figuresUnder(page, 'Awards')).toEqual({
    All: written(awardSummary.awards),
    Collectives: written(awardSummary.collective),
    Individuals: written(awardSummary.individual),
  });
  const rows = await rowsOf(page, 'Latest awards of the unit itself, in all campaigns');
  expect(rows.map(([form, , , decision]) => [form, decision])).toEqual(
    unit.awards.nodes.map(({ form, decision }) => [form.name.en, decision.number]),
  );
  expect(operations).toEqual(['UnitCard']);
});

it('goes to a unit that is searched for, to those above it, and says that there is none of a code', async () => {
  const { page } = await openView('unit');
  await page.getByLabel('Search, with or without diacritics').fill('truc bach');
  await page.getByRole('link', { name: 'Công an phường Trúc Bạch' }).click();
  await page.getByRole('heading', { name: 'Công an phường Trúc Bạch' }).waitFor();
  expect(new URL(page.url()).search).toBe('?code=X00004.1');
  await page.getByRole('link', { name: 'Hanoi City Police' }).click();
  await page.getByRole('heading', { name: 'Hanoi City Police' }).waitFor();
  const unknown = await openView('unit?code=T99.9');
  await unknown.page.getByText('There is no unit T99.9.').waitFor();
});
