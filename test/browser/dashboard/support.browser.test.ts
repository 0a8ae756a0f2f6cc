import { readFileSync } from 'node:fs';
import type { Page, Route } from 'playwright-core';
import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView, rowsOf } from './openView.ts';

interface Value {
  readonly metric: string;
  readonly value: number | null;
  readonly previous: number | null;
}
interface Key {
  readonly code: string;
  readonly label: { readonly en: string } | null;
  readonly unit: {
    readonly code: string;
    readonly shortName: string;
    readonly name: { readonly vi: string; readonly en: string };
  } | null;
}
interface Support {
  readonly supportRollup: {
    readonly totals: readonly Value[];
    readonly rows: readonly { readonly keys: readonly [Key]; readonly values: readonly Value[] }[];
  };
}
interface Trend {
  readonly supportRollup: {
    readonly rows: readonly { readonly keys: readonly [Key, Key]; readonly values: readonly Value[] }[];
  };
}

const campaign = 'BCA-2021-COVID-TDDB';
const number = Intl.NumberFormat('en-GB');
const money = Intl.NumberFormat('en-GB', { style: 'currency', currency: 'VND', maximumFractionDigits: 0 });
const change = Intl.NumberFormat('en-GB', {
  style: 'percent',
  maximumFractionDigits: 0,
  signDisplay: 'exceptZero',
});

const metricOf = (values: readonly Value[], metric: string): Value => {
  const found = values.find((value) => value.metric === metric);
  if (!found) throw new Error(`no ${metric}`);
  return found;
};

/** Gives the tiles of the map as they are read out: place, number, change, the whole name of the unit. */
const tilesOf = (page: Page): Promise<string[]> =>
  page.locator('.tile').evaluateAll((tiles) => tiles.map((tile) => tile.textContent ?? ''));

it('shows the number of every province on its tile and in the table', async () => {
  const { supportRollup } = await askGraph<Support>('support-by-province', { campaign });
  const { page, operations } = await openView('support');
  const expected = supportRollup.rows.map(({ keys: [{ unit, label }], values }) => {
    const { value } = metricOf(values, 'ACTIVITIES');
    const shown = `${unit?.shortName ?? label?.en} ${number.format(Number(value))}`;
    return unit ? `${shown} (${unit.name.en})` : shown;
  });
  expect((await tilesOf(page)).toSorted()).toEqual(expected.toSorted());
  const table = await rowsOf(page, 'Numbers by province, the whole campaign');
  expect(table).toEqual(
    supportRollup.rows
      .slice(0, 20)
      .map(({ keys: [{ unit }], values }) => [
        unit?.name.en,
        number.format(Number(metricOf(values, 'ACTIVITIES').value)),
        money.format(Number(metricOf(values, 'AMOUNT').value)),
        number.format(Number(metricOf(values, 'DELIVERIES').value)),
      ]),
  );
  await page.getByRole('img').and(page.locator('[data-drawn=true]')).waitFor();
  expect(operations.toSorted()).toEqual(['SupportByProvince', 'SupportTrend']);
});

it('shows a province and a month beside the month before, by the choices alone', async () => {
  const { page, operations } = await openView('support');
  await page.getByLabel('Period').selectOption({ label: 'Oct 2021' });
  await page.getByLabel('Compared with').selectOption({ label: 'Sept 2021' });
  await page.getByRole('heading', { name: 'The whole force, October 2021' }).waitFor();
  const { supportRollup } = await askGraph<Support>('support-by-province', {
    campaign,
    during: { code: '2021-10' },
    compareWith: { code: '2021-09' },
  });
  const hanoi = supportRollup.rows.find(({ keys: [{ code }] }) => code === '01');
  const { value, previous } = metricOf(hanoi?.values ?? [], 'ACTIVITIES');
  const more = change.format(Number(value) / Number(previous) - 1);
  const tile = page.getByRole('button', { name: `Hà Nội ${value} ${more}` });
  await tile.click();

  expect(await tile.getAttribute('aria-pressed')).toBe('true');
  await page.locator('.trend p', { hasText: 'Activities by month: Hanoi City Police' }).waitFor();
  expect(new URL(page.url()).search).toBe('?period=2021-10&compareWith=2021-09&under=T01.1');
  const figures = await figuresUnder(page, 'The whole force, October 2021');
  expect(figures).toMatchObject({
    Activities: number.format(Number(metricOf(supportRollup.totals, 'ACTIVITIES').value)),
    Deliveries: number.format(Number(metricOf(supportRollup.totals, 'DELIVERIES').value)),
  });
  const [first] = await rowsOf(page, 'Numbers by province, October 2021');
  expect(first?.slice(-2)).toEqual([String(previous), more]);
  expect(operations.filter((name) => name === 'SupportTrend')).toHaveLength(2);
});

it('adds up to the same month by month, for the province of the address', async () => {
  const { page } = await openView('support?under=T01.1');
  await page.getByText(/^Data: Activities by month: Hanoi City Police/u).click();
  const rows = await rowsOf(page, 'Activities by month: Hanoi City Police');
  const { supportRollup } = await askGraph<Trend>('support-trend', {
    campaign,
    under: 'T01.1',
    during: { from: '2021-08-01', before: '2022-07-01' },
  });
  const sums = new Map<string, number>();
  for (const { keys, values } of supportRollup.rows) {
    const month = keys[0].code;
    sums.set(month, (sums.get(month) ?? 0) + Number(metricOf(values, 'ACTIVITIES').value));
  }
  expect(rows.map((cells) => Number(cells[1]))).toEqual([...sums.values()]);
});

it('places the 34 provinces of after the merger, in Vietnamese, amounts in millions', async () => {
  const { page, complaints } = await openView('support?lang=vi&metric=AMOUNT&asOf=2026-01-01');
  const { supportRollup } = await askGraph<Support>('support-by-province', {
    campaign,
    hierarchy: { mode: 'AS_OF', asOf: '2026-01-01' },
  });
  expect(await page.locator('button.tile').count()).toBe(34);
  const quangTri = supportRollup.rows.find(({ keys: [{ code }] }) => code === '44');
  const millions = Math.round(Number(metricOf(quangTri?.values ?? [], 'AMOUNT').value) / 1_000_000);
  const name = `Quảng Trị ${Intl.NumberFormat('vi-VN').format(millions)}`;
  await page.getByRole('button', { name }).click();
  await page.locator('.trend p', { hasText: 'Số tiền theo tháng: Công an tỉnh Quảng Trị' }).waitFor();
  expect(new URL(page.url()).search).toBe('?lang=vi&metric=AMOUNT&asOf=2026-01-01&under=T44.2');
  // Every tile has a place of its own: none stands in the row below for those that the layout does not know.
  const columns = await page.evaluate<string[]>(
    "[...document.querySelectorAll('.tile-map > li')].map((item) => item.style.gridColumnStart)",
  );
  expect(columns).not.toContain('auto');
  expect(complaints).toEqual([]);
});

/** Hides the deliveries of Hanoi, as they are from whoever stands outside where they are few. */
async function hideHanoi(route: Route): Promise<void> {
  const { operationName } = route.request().postDataJSON();
  const response = await route.fetch();
  const answer = await response.json();
  if (operationName === 'SupportByProvince')
    Object.assign(answer.data.supportRollup.rows[0].values[2], { value: null, suppressed: true });
  await route.fulfill({ json: answer });
}

it('draws a hidden number as hidden, on the tile, in the table and in the file', async () => {
  const { page } = await openView('support?metric=DELIVERIES', {
    before: (opened) => opened.route('**/graphql', hideHanoi),
  });
  expect((await tilesOf(page)).find((tile) => tile.startsWith('Hà Nội'))).toMatch(/^Hà Nội < 5 Hidden/u);
  const [first] = await rowsOf(page, 'Numbers by province, the whole campaign');
  expect(first?.at(-1)).toMatch(/^< 5/u);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).last().click(),
  ]);
  const [, line] = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(line).toMatch(/^Hanoi City Police,\d+,\d+,<5$/u);
});
