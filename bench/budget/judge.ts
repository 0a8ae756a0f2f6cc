import type { ExplainedTotals } from '../../server/explain.ts';
import type { Size } from './operations.ts';

/** What an operation may cost at most, whatever its rows; documents for each size it is measured at, in their order. */
export interface Budget {
  readonly fetches: number;
  readonly waves: number;
  readonly mongodbCommands: number;
  readonly documentsPerRow: readonly number[];
}

/** What an operation cost at one size. */
export interface Measured
  extends Pick<ExplainedTotals, 'fetches' | 'waves' | 'mongodbCommands' | 'rows' | 'documentsPerRow'> {
  readonly size: Size;
}

const counts = ['fetches', 'waves', 'mongodbCommands'] as const;

/**
 * Says what is wrong with the cost of an operation, sentence by sentence; nothing when it keeps its budget. Of one row
 * some parts may be missing that ten have, and a fetch with them: growth is what a hundred cost beyond ten.
 */
export function judge(name: string, measured: readonly Measured[], budget: Budget | undefined): string[] {
  if (!budget) return [`${name} has no budget; npm run budget -- --write gives it what it costs now.`];
  const said = measured.flatMap(({ size, documentsPerRow, ...cost }, index) => {
    const where = `${name} ${sizeText(size)}`;
    const over = counts.filter((count) => cost[count] > budget[count]);
    const documents = budget.documentsPerRow[index] ?? 0;
    return [
      ...over.map((count) => `${where}: ${cost[count]} ${count}, the budget is ${budget[count]}.`),
      ...(documentsPerRow > documents
        ? [`${where}: ${documentsPerRow} documents per row, the budget is ${documents}.`]
        : []),
    ];
  });
  return [...said, ...growthOf(name, measured)];
}

export const sizeText = (size: Size): string => (size === null ? 'as it is' : `at ${size}`);

/** Rows differ, and later ones may have more beneath them; what is read again for each row grows tenfold. */
const FACTOR = 2;

function growthOf(name: string, measured: readonly Measured[]): string[] {
  const [, few, many] = measured;
  if (!few || !many) return [];
  const grown = counts.filter((count) => many[count] > few[count]).map(String);
  if (many.documentsPerRow > FACTOR * few.documentsPerRow) grown.push('documentsPerRow');
  return grown.map((count) => {
    const [before, after] = [few, many].map((cost) => cost[count as keyof Measured]);
    return `${name} grows with its rows: ${count} ${before} at ${few.size}, ${after} at ${many.size}.`;
  });
}

/** Gives the budget that just fits what was measured. */
export const budgetOf = (measured: readonly Measured[]): Budget => ({
  fetches: Math.max(...measured.map(({ fetches }) => fetches)),
  waves: Math.max(...measured.map(({ waves }) => waves)),
  mongodbCommands: Math.max(...measured.map(({ mongodbCommands }) => mongodbCommands)),
  documentsPerRow: measured.map(({ documentsPerRow }) => documentsPerRow),
});
