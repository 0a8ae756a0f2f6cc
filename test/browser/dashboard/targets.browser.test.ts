import { expect, it } from 'vitest';
import { askGraph, figuresUnder, openView, rowsOf } from './openView.ts';

interface Target {
  readonly unit: { readonly name: { readonly en: string } };
  readonly period: string;
  readonly threshold: number;
  readonly actual: number | null;
  readonly status: 'MET' | 'NOT_MET' | 'NO_VALUE';
}
interface Board {
  readonly campaign: {
    readonly indicators: readonly {
      readonly code: string;
      readonly targets: { readonly nodes: readonly Target[] };
    }[];
  };
}

const statuses = { MET: '✓ Met', NOT_MET: '✗ Not met', NO_VALUE: '– Not published' };
const percent = (value: number): string => `${value}%`;
const cellsOf = ({ unit, period, threshold, actual, status }: Target): string[] => [
  unit.name.en,
  period,
  `≤ ${percent(threshold)}`,
  actual === null ? '' : percent(actual),
  statuses[status],
];

/** The cells of a table's row that a target says for itself. */
const shown = ([unit, period, target, , actual, status]: string[]) => [unit, period, target, actual, status];

async function targets(): Promise<readonly Target[]> {
  const { campaign } = await askGraph<Board>('target-board', {
    campaign: 'BCA-2021-COVID-TDDB',
    first: 70,
  });
  return campaign.indicators.find(({ code }) => code === 'CT1')?.targets.nodes ?? [];
}

it('shows each target as its unit published it, and how many are met', async () => {
  const all = await targets();
  const { page, operations } = await openView('targets');
  const rows = await rowsOf(page, 'Targets of the units');
  expect(rows.map(shown)).toEqual(all.slice(0, 20).map(cellsOf));
  const count = (status: string) => String(all.filter((target) => target.status === status).length);
  const heading = 'Bring down crimes against social order by at least 5% CT1';
  expect(await figuresUnder(page, heading)).toEqual({
    Met: count('MET'),
    'Not met': count('NOT_MET'),
    'Not published': count('NO_VALUE'),
  });
  expect(operations).toEqual(['TargetBoard']);
});

it('shows only those with a result, also by the address alone, and says when there is none', async () => {
  const missed = (await targets()).filter(({ status }) => status === 'NOT_MET');
  const { page, ready } = await openView('targets');
  await page.getByLabel('Result').selectOption('NOT_MET');
  await ready();
  expect((await rowsOf(page, 'Targets of the units')).map(shown)).toEqual(missed.slice(0, 20).map(cellsOf));
  await page.reload();
  await ready();
  expect(await rowsOf(page, 'Targets of the units')).toHaveLength(Math.min(missed.length, 20));
  await page.getByLabel('Year').selectOption('2022');
  await page.getByText('There is nothing for this choice.').waitFor();
  expect(new URL(page.url()).search).toBe('?status=NOT_MET&period=2022');
});
