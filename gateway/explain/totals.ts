import type { ExplainedFetch, ExplainedTotals } from '../../server/explain.ts';
import { rowsOf } from './rows.ts';

interface Explained {
  readonly fetches: readonly ExplainedFetch[];
  readonly waves: number;
  readonly data: unknown;
  readonly durationMs: number;
}

/** Sums up what one operation cost. */
export function totalsOf({ fetches, waves, data, durationMs }: Explained): ExplainedTotals {
  const commands = fetches.flatMap((fetch) => fetch.commands);
  const documentsExamined = sum(commands.map((command) => command.documentsExamined ?? 0));
  const rows = rowsOf(data);
  return {
    fetches: fetches.length,
    waves,
    mongodbCommands: sum(commands.map(({ getMores }) => 1 + getMores)),
    documentsExamined,
    rows,
    documentsPerRow: Math.round((documentsExamined / rows) * 100) / 100,
    durationMs,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
