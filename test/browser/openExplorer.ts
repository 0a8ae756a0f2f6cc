import { onTestFinished } from 'vitest';
import { type Shop, type ShopOptions, startShop } from '../gateway/startShop.ts';
import { editorsReady } from './editorsReady.ts';
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
