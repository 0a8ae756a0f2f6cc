import type { Viewer } from '../../../server/viewer.ts';
import { isWithin } from '../../records/subtree.ts';
import { hide } from '../rollup/hide.ts';
import type { SupportExportRow } from '../types.generated.ts';

/** One row as read: people and money of a month, unit, kind and group. */
export interface ExportSum {
  readonly _id: {
    readonly month: string;
    readonly unitCode: string;
    readonly kind: string;
    readonly group: string;
  };
  readonly provinceCode: string | null;
  readonly scopePath: string;
  readonly targeted: number;
  readonly reached: number;
  readonly amount: number;
  readonly synthetic: boolean;
}

/** Hides what few people could be known by, among the rows of one unit and month, from a viewer outside that unit. */
export function hideRows(sums: readonly ExportSum[], viewer: Viewer): SupportExportRow[] {
  const blocks = new Map<string, ExportSum[]>();
  for (const sum of sums) {
    const name = `${sum._id.month}/${sum._id.unitCode}`;
    const block = blocks.get(name) ?? [];
    block.push(sum);
    blocks.set(name, block);
  }
  return [...blocks.values()].flatMap((block) => hideBlock(block, viewer));
}

function hideBlock(block: readonly ExportSum[], viewer: Viewer): SupportExportRow[] {
  const hiddenOf = (read: (sum: ExportSum) => number): readonly boolean[] => {
    const counts = block.map((sum) => ({ keys: [`${sum._id.kind} ${sum._id.group}`], value: read(sum) }));
    return hide(
      counts,
      0,
      counts.reduce((total, { value }) => total + value, 0),
    ).counts;
  };
  const targeted = hiddenOf((sum) => sum.targeted);
  const reached = hiddenOf((sum) => sum.reached);
  return block.map((sum, index) => {
    const inside = isWithin(sum.scopePath, viewer.unitPath);
    const [noTargeted, noReached] = inside ? [false, false] : [targeted[index], reached[index]];
    return {
      ...sum._id,
      provinceCode: sum.provinceCode,
      amount: sum.amount,
      synthetic: sum.synthetic,
      targeted: noTargeted ? null : sum.targeted,
      reached: noReached ? null : sum.reached,
      suppressed: Boolean(noTargeted || noReached),
    };
  });
}
