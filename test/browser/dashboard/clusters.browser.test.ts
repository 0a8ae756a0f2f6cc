import { expect, it } from 'vitest';
import { askGraph, openView, rowsOf } from './openView.ts';

interface Place {
  readonly rank: number;
  readonly tied: boolean;
  readonly score: number;
  readonly previousRank: number | null;
  readonly unit: { readonly name: { readonly en: string } };
}
interface Clusters {
  readonly emulationClusters: {
    readonly nodes: readonly {
      readonly name: { readonly en: string };
      readonly ranking: { readonly nodes: readonly Place[] };
    }[];
  };
}

function changeOf({ rank, previousRank }: Place): string {
  if (previousRank === null) return 'Not ranked a year before';
  if (previousRank === rank) return 'Unchanged';
  return previousRank > rank ? `▲ Up ${previousRank - rank}` : `▼ Down ${rank - previousRank}`;
}

const cellsOf = (place: Place): string[] => [
  `${place.tied ? 'tied ' : ''}${place.rank}`,
  place.unit.name.en,
  String(place.score),
  String(place.previousRank ?? ''),
  changeOf(place),
];

it('ranks every cluster as the graph does: ties share a rank, and a change is said in words', async () => {
  const { emulationClusters } = await askGraph<Clusters>('cluster-ranking', { year: 2022 });
  const { page, operations } = await openView('clusters');
  for (const { name, ranking } of emulationClusters.nodes) {
    expect(await rowsOf(page, `Ranking of ${name.en}`)).toEqual(ranking.nodes.map(cellsOf));
  }
  expect(emulationClusters.nodes.flatMap(({ ranking }) => ranking.nodes).some(({ tied }) => tied)).toBe(true);
  expect(operations).toEqual(['ClusterRanking']);
});

it('shows another year by the address, and says when there were no clusters', async () => {
  const { page } = await openView('clusters');
  await page.getByLabel('Year').selectOption('2021');
  await page.getByText('Not ranked a year before').first().waitFor();
  expect(new URL(page.url()).search).toBe('?year=2021');
  const none = await openView('clusters?year=2019');
  await none.page.getByText('There are no clusters of 2019.').waitFor();
});
