import { describe, expect, it } from 'vitest';
import { overflowOf, seriousFindings } from './audit.ts';
import { openView } from './openView.ts';

// The pages are typed for a browser, tests for Node: this one is imported without its types.
const registered = new URL('../../../client/src/app/views.ts', import.meta.url).pathname;
const { views } = (await import(registered)) as {
  readonly views: readonly { readonly name: string; readonly load: unknown }[];
};

/** What holds of every view that is registered, and of addresses that show one otherwise. */
const addresses = [
  ...views.filter(({ load }) => load).map(({ name }) => name),
  'reports?under=T01.1&period=2021-11',
  'support?period=2021-10&compareWith=2021-09&metric=AMOUNT&under=T01.1',
  'units?on=2021-08-15&path=T01.1-H001.1&unit=X00004.1',
  'units?text=dak%20lak',
  'unit?code=T33.1',
];

describe.each(addresses)('/dashboard/%s', (address) => {
  const inLanguage = (lang: string) => `${address}${address.includes('?') ? '&' : '?'}lang=${lang}`;

  it('keeps to the policy of the page, and asks at most three operations', async () => {
    const { page, complaints, operations } = await openView(address);
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    expect(operations.length).toBeGreaterThan(0);
    expect(operations.length).toBeLessThanOrEqual(3);
  });

  it('has no serious finding of axe, light or dark', async () => {
    expect(await seriousFindings(address)).toEqual([]);
    expect(await seriousFindings(address, { colorScheme: 'dark' })).toEqual([]);
  });

  it('fits the width of a phone', async () => {
    const { page } = await openView(address, { viewport: { width: 360, height: 740 } });
    expect(await overflowOf(page)).toBe(0);
  });

  it('speaks Vietnamese and English, and says which', async () => {
    const headings = [];
    for (const lang of ['vi', 'en']) {
      const { page } = await openView(inLanguage(lang));
      expect(await page.locator('html').getAttribute('lang')).toBe(lang);
      headings.push(await page.locator('h1').textContent());
    }
    expect(new Set(headings).size).toBe(2);
  });
});
