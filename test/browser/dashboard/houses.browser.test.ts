import { expect, it } from 'vitest';
import { askGraph, openView, rowsOf } from './openView.ts';

interface Houses {
  readonly campaign: {
    readonly houseFunnel: readonly {
      readonly houses: number;
      readonly overdue: number;
      readonly cost: number;
    }[];
  };
  readonly houseProjects: {
    readonly nodes: readonly { readonly code: string; readonly cost: number }[];
    readonly pageInfo: { readonly endCursor: string };
    readonly totalCount: number;
  };
}

const money = Intl.NumberFormat('en-GB', { style: 'currency', currency: 'VND', maximumFractionDigits: 0 });
const asked = (on: string, after?: string) =>
  askGraph<Houses>('houses', { campaign: 'BCA-2021-COVID-TDDB', on, after });

it('shows the houses by stage, and those overdue on the day, which are as many', async () => {
  const { campaign, houseProjects } = await asked('2022-06-30');
  const { page, operations } = await openView('houses');
  const bars = await page
    .getByRole('list', { name: 'Houses by their stage now' })
    .getByRole('listitem')
    .all();
  const names = ['Surveyed', 'Approved', 'Started', 'Completed', 'Handed over', 'Cancelled'];
  expect(await Promise.all(bars.map((bar) => bar.textContent()))).toEqual(
    campaign.houseFunnel.map(({ houses, overdue, cost }, index) => {
      const late = overdue > 0 ? ` · ${overdue} overdue` : '';
      return `${names[index]} ${houses} ${money.format(cost)}${late}`;
    }),
  );
  const rows = await rowsOf(page, 'Houses overdue on 30 Jun 2022');
  expect(rows.map((cells) => [cells[0], cells.at(-1)])).toEqual(
    houseProjects.nodes.map(({ code, cost }) => [code, money.format(cost)]),
  );
  const { totalCount } = houseProjects;
  await page.getByText(`Showing ${rows.length} of ${totalCount} houses`).waitFor();
  expect(campaign.houseFunnel.reduce((sum, { overdue }) => sum + overdue, 0)).toBe(totalCount);
  expect(operations).toEqual(['Houses']);
});

it('goes on page by page, and begins anew on another day; the address alone shows the same', async () => {
  const { page, ready } = await openView('houses');
  const first = await asked('2022-06-30');
  const second = await asked('2022-06-30', first.houseProjects.pageInfo.endCursor);
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText(second.houseProjects.nodes[0]?.code ?? '').waitFor();
  const codes = (rows: readonly string[][]) => rows.map(([code]) => code);
  const shown = codes(await rowsOf(page, 'Houses overdue on 30 Jun 2022'));
  expect(shown).toEqual(second.houseProjects.nodes.map(({ code }) => code));
  await page.reload();
  await ready();
  expect(codes(await rowsOf(page, 'Houses overdue on 30 Jun 2022'))).toEqual(shown);

  const earlier = await asked('2022-03-31');
  await page.getByLabel('Overdue on', { exact: true }).fill('2022-03-31');
  await page.getByRole('heading', { name: 'Houses overdue on 31 Mar 2022' }).waitFor();
  await ready();
  expect(new URL(page.url()).search).toBe('?on=2022-03-31');
  expect(codes(await rowsOf(page, 'Houses overdue on 31 Mar 2022'))).toEqual(
    earlier.houseProjects.nodes.map(({ code }) => code),
  );
});

it('says so in Vietnamese when none was overdue', async () => {
  const { page } = await openView('houses?lang=vi&on=2021-09-01');
  expect((await asked('2021-09-01')).houseProjects.totalCount).toBe(0);
  await page.getByRole('heading', { name: 'Nhà quá hạn vào ngày 01/09/2021' }).waitFor();
  await page.getByText('Không có nhà nào quá hạn.').waitFor();
});
