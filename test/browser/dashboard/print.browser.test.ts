import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openView } from './openView.ts';

/** As wide as a sheet of A4 that lies, without its margins, at 96 dots to the inch. */
const sheet = { width: 1032, height: 703 };

/** Opens a view as it is drawn for paper. */
async function onPaper(address: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const { page } = await openView(address, { viewport: sheet, colorScheme });
  await page.waitForLoadState('networkidle');
  await page.emulateMedia({ media: 'print', colorScheme });
  return page;
}

const visible = async (page: Page, selector: string): Promise<number> =>
  page.locator(selector).filter({ visible: true }).count();

it.each([
  ['support?period=2021-10&compareWith=2021-09'],
  ['reports?period=2021-10'],
  ['targets'],
  ['merger?asOf=2026-01-01'],
  ['awards'],
  ['houses'],
])('%s is printed without what only a screen needs, and nothing of it is cut off', async (address) => {
  const page = await onPaper(address);
  for (const selector of ['nav', '.choices', '.tools', '.skip', 'button:not(.tile, th button)'])
    expect([selector, await visible(page, selector)]).toEqual([selector, 0]);
  const cut = await page.evaluate<string[]>(`
    [...document.querySelectorAll('table, canvas, .tile-map, .figures, .bars')]
      .filter((part) => part.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
      .map((part) => part.outerHTML.slice(0, 80))`);
  expect(cut).toEqual([]);
  expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-');
});

it('says what is shown: the view, what was chosen, when it was asked and where it can be seen again', async () => {
  const page = await onPaper('support?period=2021-10&compareWith=2021-09');
  await page.getByRole('heading', { level: 1, name: 'Social support by province and month' }).waitFor();
  for (const [label, chosen] of [
    ['Period', 'October 2021'],
    ['Compared with', 'September 2021'],
  ]) {
    const field = page.getByLabel(label ?? '');
    expect(await field.isVisible()).toBe(true);
    expect(await field.locator('option:checked').textContent()).toContain(chosen?.slice(0, 3));
  }
  const note = await page.locator('.on-paper').textContent();
  expect(note).toMatch(/^As seen on \d+ \w+ \d{4}, \d\d:\d\d\. http.*\/dashboard\/support\?period=2021-10/u);
});

it('prints all rows that are here, not only those of one page', async () => {
  const page = await onPaper('support');
  const rows = page.getByRole('table', { name: /^Numbers by province/u }).locator('tbody tr');
  await expect.poll(() => rows.count()).toBe(64);
  await page.emulateMedia({ media: 'screen' });
  await page.getByText('Page 1 of 4').waitFor();
});

it('is black on white, plots too, also from the dark theme', async () => {
  const page = await onPaper('reports?period=2021-10', 'dark');
  await page.locator('[data-drawn=true][data-on=paper]').waitFor();
  const colours = await page.evaluate(`(() => {
    const { backgroundColor, color } = getComputedStyle(document.body);
    return { backgroundColor, color };
  })()`);
  expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(26, 33, 41)' });
  // The words of the plot are painted, not styled: as dark as the text of the page.
  const darkest = await page.locator('.plot canvas').evaluate((canvas) => {
    const { width, height } = canvas as unknown as { width: number; height: number };
    const drawn = (
      canvas as unknown as {
        getContext: (kind: string) => { getImageData: (...at: number[]) => { data: Uint8ClampedArray } };
      }
    )
      .getContext('2d')
      .getImageData(0, 0, width, height).data;
    let least = 255;
    for (let at = 0; at < drawn.length; at += 4)
      if (drawn[at + 3] === 255)
        least = Math.min(least, Math.max(drawn[at] ?? 255, drawn[at + 1] ?? 255, drawn[at + 2] ?? 255));
    return least;
  });
  expect(darkest).toBeLessThan(60);
});
