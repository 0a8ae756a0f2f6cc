import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { askGraph, openView, rowsOf } from './openView.ts';

interface Row {
  readonly unit: { readonly name: { readonly vi: string; readonly en: string | null } };
  readonly expected: number;
  readonly received: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  readonly pending: number;
}
interface Reports {
  readonly campaign: {
    readonly completeness: {
      readonly nodes: readonly Row[];
      readonly total: { readonly missingReports: { readonly totalCount: number } };
    };
  };
}

const campaign = 'BCA-2021-COVID-TDDB';
const asked = (under: string) =>
  askGraph<Reports>('report-completeness', { campaign, under, period: { code: '2021-10' } });

const cellsOf = ({ unit, ...row }: Row): string[] => [
  unit.name.en ?? unit.name.vi,
  ...[row.expected, row.received, row.onTime, row.late, row.missing, row.pending].map(String),
];

const withoutShare = (rows: readonly string[][]): string[][] => rows.map((row) => row.slice(0, -1));

it('shows the units with most reports missing first, and all of them page by page', async () => {
  const { completeness } = (await asked('BCA')).campaign;
  const { page, operations } = await openView('reports?period=2021-10');
  const table = 'Reports of the units under Ministry of Public Security';
  const worst = completeness.nodes.toSorted((a, b) => b.missing - a.missing);
  expect(withoutShare(await rowsOf(page, table))).toEqual(worst.slice(0, 20).map(cellsOf));

  await page.getByRole('button', { name: 'Next' }).first().click();
  await page.getByText('Page 2 of 4').waitFor();
  expect(withoutShare(await rowsOf(page, table))).toEqual(worst.slice(20, 40).map(cellsOf));
  expect(new URL(page.url()).search).toBe('?period=2021-10&units.page=2');

  await page.getByRole('button', { name: 'Expected' }).click();
  const [head] = await page.getByRole('columnheader', { name: 'Expected' }).all();
  expect(await head?.getAttribute('aria-sort')).toBe('ascending');
  const least = completeness.nodes.toSorted((a, b) => a.expected - b.expected);
  expect(withoutShare(await rowsOf(page, table))).toEqual(least.slice(0, 20).map(cellsOf));
  expect(operations).toEqual(['ReportCompleteness']);
});

it('goes down to a unit by its link, and the address alone shows the same', async () => {
  const { page, ready } = await openView('reports?period=2021-10');
  await page.getByRole('link', { name: 'Hanoi City Police' }).click();
  await page.getByRole('table', { name: 'Reports of the units under Hanoi City Police' }).waitFor();
  expect(new URL(page.url()).search).toBe('?under=T01.1&period=2021-10');
  const { completeness } = (await asked('T01.1')).campaign;
  const shown = await page.getByText(/^Showing/u).textContent();
  const { totalCount } = completeness.total.missingReports;
  expect(shown).toBe(`Showing ${Math.min(totalCount, 20)} of ${totalCount} reports`);
  await page.reload();
  await ready();
  expect(await rowsOf(page, 'Reports of the units under Hanoi City Police')).toHaveLength(
    Math.min(completeness.nodes.length, 20),
  );
});

it('is drawn as a plot, and exported as it is sorted', async () => {
  const { page } = await openView('reports?lang=vi&period=2021-10&units.sort=unit');
  await page.getByRole('img').and(page.locator('[data-drawn=true]')).waitFor();
  const { completeness } = (await asked('BCA')).campaign;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Xuất CSV' }).first().click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n');
  expect(download.suggestedFilename()).toBe('units.csv');
  expect(lines[0]).toBe('\uFEFFĐơn vị,Phải gửi,Đã nhận,Đúng hạn,Muộn,Thiếu,Chưa đến hạn,Tỷ lệ nhận');
  expect(lines).toHaveLength(completeness.nodes.length + 2);
});
