import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView, rowsOf } from './openView.ts';

interface Value {
  readonly metric: string;
  readonly value: number;
}
interface Reading {
  readonly rows: readonly {
    readonly keys: readonly { readonly unit: { readonly name: { readonly vi: string } } }[];
    readonly values: readonly Value[];
  }[];
  readonly totals: readonly Value[];
  readonly unallocated: readonly Value[];
}
interface Merger {
  readonly unit: {
    readonly predecessors: readonly { readonly from: { readonly name: { readonly vi: string } } }[];
  };
  readonly asReported: Reading;
  readonly asOf: Reading;
}

const asked = (under: string) =>
  askGraph<Merger>('merger-of-2025', { code: 'X00004.2', campaign: 'BCA-2021-COVID-TDDB', under });

const metricOf = (values: readonly Value[], metric: string): number =>
  values.find((each) => each.metric === metric)?.value ?? Number.NaN;
const number = Intl.NumberFormat('vi-VN').format;
const money = Intl.NumberFormat('vi-VN', { style: 'currency', currency: 'VND' }).format;

/** The rows of a reading as its table shows them first: fifteen, the greatest amount first. */
const firstOf = ({ rows }: Reading): string[][] =>
  rows
    .toSorted((a, b) => metricOf(b.values, 'AMOUNT') - metricOf(a.values, 'AMOUNT'))
    .slice(0, 15)
    .map(({ keys, values }) => [
      keys[0]?.unit.name.vi ?? '',
      number(metricOf(values, 'ACTIVITIES')),
      money(metricOf(values, 'AMOUNT')),
    ]);

it('sets the units that reported beside those of a later day, with equal totals over the ministry', async () => {
  const graph = await asked('BCA');
  const { page, operations } = await openView('merger?lang=vi&asOf=2026-01-01');
  expect(await rowsOf(page, 'Như khi báo cáo')).toEqual(firstOf(graph.asReported));
  expect(await rowsOf(page, 'Theo cây đơn vị ngày 01/01/2026')).toEqual(firstOf(graph.asOf));
  const total = number(metricOf(graph.asReported.totals, 'ACTIVITIES'));
  expect(await figuresUnder(page, 'An sinh xã hội của Bộ Công an, theo hai cách đọc')).toEqual({
    'Như khi báo cáo: Tổng cộng': total,
    'Theo cây đơn vị mới: Tổng cộng': total,
    'Theo cây đơn vị mới: Chưa xếp được': number(metricOf(graph.asOf.unallocated, 'ACTIVITIES')),
  });
  await page.getByText('= Hai cách đọc cho cùng một tổng số.').waitFor();
  const links = await rowsOf(page, 'Đơn vị trước và đơn vị kế thừa');
  expect(links.map(([, name]) => name)).toEqual(graph.unit.predecessors.map(({ from }) => from.name.vi));
  expect(operations).toEqual(['MergerOf2025']);
});

it('shows what no unit of the later tree is known for, and says why totals of a province differ', async () => {
  const { asOf, asReported } = await asked('T33.1');
  expect(metricOf(asOf.unallocated, 'ACTIVITIES')).toBeGreaterThan(0);
  const { page } = await openView('merger?lang=vi&under=T33.1&asOf=2026-01-01');
  expect(await figuresUnder(page, 'An sinh xã hội của Công an tỉnh Hưng Yên, theo hai cách đọc')).toEqual({
    'Như khi báo cáo: Tổng cộng': number(metricOf(asReported.totals, 'ACTIVITIES')),
    'Theo cây đơn vị mới: Tổng cộng': number(metricOf(asOf.totals, 'ACTIVITIES')),
    'Theo cây đơn vị mới: Chưa xếp được': number(metricOf(asOf.unallocated, 'ACTIVITIES')),
  });
  await page.getByText('Hai tổng số khác nhau').waitFor();
  await page.getByRole('link', { name: 'Xem cả Bộ' }).click();
  await page.getByText('= Hai cách đọc cho cùng một tổng số.').waitFor();
});

it('leads from a former unit to the one that took it over', async () => {
  const { page } = await openView('merger?code=X00004.1');
  await page
    .getByRole('table', { name: 'Units before and after it' })
    .getByRole('link', { name: 'Công an phường Ba Đình' })
    .click();
  await page.getByRole('heading', { name: 'Before and after: Công an phường Ba Đình' }).waitFor();
  expect(new URL(page.url()).search).toBe('?code=X00004.2');
});
