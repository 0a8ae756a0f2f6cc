import { pathsOf } from '../../copies/units.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { askedFields, isIn } from '../../records/filter.ts';
import { readPipeline } from '../../records/read.ts';
import { dayOfHierarchy } from '../filter/known.ts';
import { overdueInCells } from '../rollup/measures.ts';
import type { HouseFilter } from '../types.generated.ts';
import type { Copies } from './copies.ts';

interface Roads {
  readonly copies: Copies;
  readonly openCube: () => Promise<ReadableCube | null>;
  readonly signal: AbortSignal | undefined;
  readonly today: string;
}

const known: readonly (keyof HouseFilter)[] = ['campaign', 'under', 'hierarchy', 'overdue', 'overdueOn'];

/**
 * Gives how many houses of campaigns are overdue on a day, under all units or one as reported, from a few cells; null for
 * any other filter, and while there is no cube.
 */
export async function overdueTotal(
  filter: HouseFilter | null | undefined,
  { copies, openCube, signal, today }: Roads,
): Promise<number | null> {
  if (!filter?.campaign || filter.overdue !== true || (filter.under?.length ?? 0) > 1) return null;
  if (!askedFields(filter).every((field) => known.includes(field))) return null;
  if (dayOfHierarchy(filter.hierarchy, today) !== null) return null;
  const [unit] = filter.under ? await copies.unitsByCode(filter.under) : [];
  const cube = await openCube();
  if (!cube) return null;
  const place = unit ? isIn('underPath')(pathsOf(unit)) : { depth: 1 };
  const [sum] = await readPipeline<{ n: number }>({
    model: cube.cells,
    pipeline: [
      { $match: { ...isIn('campaignCode')(filter.campaign), ...place } },
      { $group: { _id: null, n: { $sum: overdueInCells(filter.overdueOn ?? today) } } },
    ],
    signal,
  });
  return sum?.n ?? 0;
}
