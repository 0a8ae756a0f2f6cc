import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { askGraph, openView } from './openView.ts';

interface Level {
  readonly units: readonly { readonly name: { readonly vi: string } }[];
}

/** The units right under one on a day, as the graph gives them. */
async function under(code: string, day: string): Promise<string[]> {
  const { now } = await askGraph<{ now: readonly Level[] }>('unit-tree', {
    open: [code],
    now: day,
    both: false,
  });
  return now.flatMap(({ units }) => units.map(({ name }) => name.vi));
}

const item = (page: Page, name: string) =>
  page.getByRole('treeitem').filter({ has: page.getByText(name, { exact: true }) });

/** The names of the units that are shown right under one. */
const shownUnder = (page: Page, name: string): Promise<string[]> =>
  item(page, name)
    .locator('xpath=following-sibling::*[@role="group"]/*/*[@role="treeitem"]')
    .locator('.name')
    .allTextContents();

const then = '2021-08-15';

it('goes down from the ministry to a commune, asking when a unit is opened, and on to its card', async () => {
  const { page, operations } = await openView(`units?lang=vi&on=${then}`);
  await item(page, 'Công an phường Trúc Bạch').waitFor({ state: 'detached' });
  expect(await shownUnder(page, 'Bộ Công an')).toEqual(await under('BCA', then));
  expect(operations).toEqual(['UnitTree']);

  await page.getByText('Công an thành phố Hà Nội', { exact: true }).click();
  await item(page, 'Công an quận Ba Đình').waitFor();
  expect(await shownUnder(page, 'Công an thành phố Hà Nội')).toEqual(await under('T01.1', then));

  await page.getByText('Công an quận Ba Đình', { exact: true }).click();
  await item(page, 'Công an phường Trúc Bạch').waitFor();
  expect(await shownUnder(page, 'Công an quận Ba Đình')).toEqual(await under('H001.1', then));
  expect(operations).toEqual(['UnitTree', 'UnitTree', 'UnitTree']);
  expect(new URL(page.url()).search).toBe(`?lang=vi&on=${then}&path=T01.1-H001.1`);
  const crumbs = page.getByRole('region', { name: 'Đang mở' }).getByRole('listitem');
  expect(await crumbs.allTextContents()).toEqual([
    'Bộ Công an',
    'Công an thành phố Hà Nội',
    'Công an quận Ba Đình',
  ]);

  await page.getByText('Công an phường Trúc Bạch', { exact: true }).click();
  await page.getByRole('heading', { name: 'Công an phường Trúc Bạch' }).waitFor();
  expect(new URL(page.url()).search).toBe('?lang=vi&code=X00004.1');
});

it('is walked with the keys of a tree', async () => {
  const { page } = await openView(`units?lang=vi&on=${then}`);
  const focused = () =>
    page.evaluate<string>('document.activeElement.querySelector(".name")?.textContent ?? ""');
  await item(page, 'Bộ Công an').focus();
  for (const key of ['ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
  expect(await focused()).toBe('Đơn vị trực thuộc Bộ số 02');
  await item(page, 'Công an thành phố Hà Nội').focus();
  await page.keyboard.press('ArrowRight');
  await item(page, 'Công an quận Ba Đình').waitFor();
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe('Công an quận Ba Đình');
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe('Công an thành phố Hà Nội');
  await page.keyboard.press('ArrowLeft');
  await item(page, 'Công an quận Ba Đình').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Công an thành phố Hà Nội' }).waitFor();
});

it('shows the same province on another day: districts in 2021, all its communes after the merger', async () => {
  const { page } = await openView(`units?lang=vi&on=${then}&path=T01.1`);
  await item(page, 'Công an quận Ba Đình').waitFor();
  await page.getByLabel('Ngày khác').fill('2026-01-01');
  await item(page, 'Công an phường Ba Đình').waitFor();
  expect(await item(page, 'Công an quận Ba Đình').count()).toBe(0);
  expect(await shownUnder(page, 'Công an thành phố Hà Nội')).toEqual(await under('T01.1', '2026-01-01'));
  expect(new URL(page.url()).search).toBe('?lang=vi&on=2026-01-01&path=T01.1');
  await page.getByRole('button', { name: 'Hôm nay' }).click();
  expect(new URL(page.url()).searchParams.get('on')).toBeNull();
});

it('asks once for whatever an address opens, however deep', async () => {
  const { page, operations } = await openView(`units?lang=vi&on=${then}&path=T01.1-H001.1&unit=X00004.1`);
  await item(page, 'Công an phường Trúc Bạch').and(page.locator('[aria-current=true]')).waitFor();
  expect(await shownUnder(page, 'Bộ Công an')).toEqual(await under('BCA', then));
  expect(await shownUnder(page, 'Công an thành phố Hà Nội')).toEqual(await under('T01.1', then));
  expect(await shownUnder(page, 'Công an quận Ba Đình')).toEqual(await under('H001.1', then));
  expect(operations).toEqual(['UnitTree']);
});

it('says so when what is open did not exist on the day', async () => {
  const { page } = await openView('units?on=2026-01-01&path=T01.1-H001.1');
  await page.getByRole('link', { name: 'The unit H001.1 did not exist on 1 Jan 2026.' }).click();
  await page.getByRole('heading', { name: 'Công an quận Ba Đình' }).waitFor();
  await page.getByRole('link', { name: 'Show in the unit tree' }).click();
  await item(page, 'Công an quận Ba Đình').and(page.locator('[aria-current=true]')).waitFor();
  expect(new URL(page.url()).searchParams.get('on')).toBe('2025-02-28');
});

it('finds Đắk Lắk as it is typed without diacritics, and shows it in the tree of the day', async () => {
  const { page, operations } = await openView(`units?lang=vi&on=${then}`);
  await page.getByLabel('Tìm, có dấu hoặc không dấu').fill('dak lak');
  await page.getByRole('link', { name: 'Công an tỉnh Đắk Lắk', exact: true }).click();
  await item(page, 'Công an tỉnh Đắk Lắk').and(page.locator('[aria-current=true]')).waitFor();
  expect(new URL(page.url()).search).toBe(`?lang=vi&on=${then}&unit=T66.1`);
  expect(operations).toEqual(['UnitTree', 'Search']);
});

it('finds the last of the communes of a province, and asks for it and all that is above it at once', async () => {
  const { page, operations } = await openView('units?lang=vi&on=2026-01-01&text=xa%20ha%20bang');
  await page.getByRole('link', { name: 'Công an xã Hạ Bằng' }).click();
  await item(page, 'Công an xã Hạ Bằng').and(page.locator('[aria-current=true]')).waitFor();
  expect(new URL(page.url()).searchParams.get('path')).toBe('T01.1');
  expect(await shownUnder(page, 'Công an thành phố Hà Nội')).toEqual(await under('T01.1', '2026-01-01'));
  expect(operations).toEqual(['UnitTree', 'Search', 'UnitTree']);
});
