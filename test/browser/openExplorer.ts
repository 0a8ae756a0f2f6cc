import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Shop, type ShopOptions, startShop } from '../gateway/startShop.ts';
import { type OpenedPage, openPage } from './openPage.ts';

/** Starts a shop and opens its explorer, ready to run its first example; `pages` is where the pages lie, built. */
export async function openExplorer(options: ShopOptions): Promise<OpenedPage & { readonly shop: Shop }> {
  const shop = await startShop(options);
  onTestFinished(() => shop.stop());
  const opened = await openPage();
  await opened.page.goto(shop.url);
  await editorsReady(opened.page);
  return { ...opened, shop };
}

/** Waits until the explorer can run something: GraphiQL loads its editors one by one, and runs nothing before. */
export async function editorsReady(page: Page): Promise<void> {
  for (const editor of ['.graphiql-query-editor', '.result-window']) {
    await page.locator(`${editor} .CodeMirror`).waitFor();
  }
}
