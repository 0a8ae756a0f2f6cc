import { expect, it } from 'vitest';
import { askGraph, openView, rowsOf } from './openView.ts';

interface Funnel {
  readonly campaign: {
    readonly awardFunnel: readonly {
      readonly form: { readonly name: { readonly vi: string; readonly en: string } };
      readonly state: string;
      readonly count: number;
      readonly medianDays: number | null;
    }[];
  };
}
interface Gazette {
  readonly awards: {
    readonly nodes: readonly {
      readonly decision: { readonly number: string } | null;
      readonly recipient: { readonly nameAtDecision?: string; readonly displayName?: string | null };
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

const campaign = 'BCA-2021-COVID-TDDB';
const gazetteOf = (variables: object) => askGraph<Gazette>('award-gazette', { campaign, ...variables });

const numbersOf = ({ awards }: Gazette) => awards.nodes.map(({ decision }) => decision?.number ?? '');

it('shows the dossiers by state and by form, which add up to all', async () => {
  const { awardFunnel } = (await askGraph<Funnel>('award-funnel', { campaign })).campaign;
  const { page, operations } = await openView('awards');
  const all = awardFunnel.reduce((sum, { count }) => sum + count, 0);
  await page.getByText(`${all} dossiers that propose an award.`).waitFor();
  const drafts = awardFunnel
    .filter(({ state }) => state === 'DRAFT')
    .reduce((sum, { count }) => sum + count, 0);
  const bars = page.getByRole('list', { name: 'Dossiers by state' }).getByRole('listitem');
  expect((await bars.first().textContent())?.trim()).toBe(`Draft ${drafts}`);
  const counts = await bars.locator('strong').allTextContents();
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(all);
  const rows = await rowsOf(page, 'Dossiers by form and state');
  expect(rows.map(([form, , count, days]) => [form, count, days])).toEqual(
    awardFunnel
      .slice(0, 10)
      .map(({ form, count, medianDays }) => [form.name.en, String(count), String(medianDays ?? '')]),
  );
  await page.getByRole('table', { name: 'Award gazette' }).waitFor();
  expect(operations).toEqual(['AwardFunnel', 'AwardGazette']);
});

it('shows the gazette page by page, of one form and one state, by the address', async () => {
  const first = await gazetteOf({});
  const { page } = await openView('awards');
  await page.getByRole('table', { name: 'Award gazette' }).waitFor();
  const shown = async () => (await rowsOf(page, 'Award gazette')).map((cells) => cells[2]);
  expect(await shown()).toEqual(numbersOf(first));
  const second = await gazetteOf({ after: first.awards.pageInfo.endCursor });
  await page.getByRole('button', { name: 'Next' }).last().click();
  await page
    .getByText(numbersOf(second)[0] ?? '')
    .first()
    .waitFor();
  expect(await shown()).toEqual(numbersOf(second));

  const some = await gazetteOf({ form: ['GK'], status: ['CONFERRED'] });
  await page.getByRole('combobox', { name: 'Form' }).selectOption('GK');
  await page.getByRole('combobox', { name: 'State' }).selectOption('CONFERRED');
  await page.locator('section[aria-busy=false]', { hasText: 'Award gazette' }).waitFor();
  expect(new URL(page.url()).search).toBe('?form=GK&status=CONFERRED');
  expect(await shown()).toEqual(numbersOf(some));
});

it('speaks Vietnamese, and names units and persons as the graph does', async () => {
  const { awards } = await gazetteOf({});
  const { page } = await openView('awards?lang=vi');
  await page.getByRole('table', { name: 'Danh sách khen thưởng' }).waitFor();
  const rows = await rowsOf(page, 'Danh sách khen thưởng');
  awards.nodes.forEach(({ recipient }, index) => {
    expect(rows[index]?.[1]).toContain(recipient.nameAtDecision ?? recipient.displayName);
  });
});
