import { codesOf, under } from '../../records/subtree.ts';
import { fullCode } from '../filter/parts.ts';
import type { Place } from '../filter/tree.ts';
import type { RollupDimension } from '../types.generated.ts';
import { readsTree } from './dimensions.ts';
import type { Question } from './question.ts';

/** The code of what has none: no province, no region, no phase, no content item. */
export const NONE = 'NONE';

/** Whether keys of units are those of another day's tree. */
export const isMoved = (question: Question): boolean => question.tree !== null;

/**
 * The `_id` of a `$group`: `k0`, `k1`… for the dimensions, and the unit and its path where keys are found after reading.
 */
export function groupId(question: Question, groupField: string): Record<string, unknown> {
  const moved = isMoved(question);
  const keys = question.dimensions.flatMap((dimension, index) =>
    moved && readsTree(dimension) ? [] : [[`k${index}`, expressionOf(dimension, question, groupField)]],
  );
  return { ...Object.fromEntries(keys), ...(moved ? { unit: '$unitId', at: '$pathAtEvent' } : {}) };
}

function expressionOf(dimension: RollupDimension, question: Question, groupField: string): unknown {
  const fields: Record<Exclude<RollupDimension, 'CHILD_UNIT' | 'PHASE'>, string> = {
    PROVINCE: '$provinceAtEvent',
    REGION: '$regionAtEvent',
    LEVEL: '$levelAtEvent',
    MONTH: '$month',
    WEEK: '$week',
    KIND: '$kind',
    GROUP: groupField,
    FUNDING: '$funding.code',
    CONTENT_ITEM: '$contentItemCode',
  };
  if (dimension === 'CHILD_UNIT') return childOf(question.top.paths);
  if (dimension === 'PHASE') return phaseAt(question);
  return fields[dimension];
}

/** The segment after the top's path; the top's own where the activity is its own. The top may have had several paths. */
function childOf(paths: readonly string[]): unknown {
  const parts = { $split: ['$pathAtEvent', '/'] };
  const segment = (index: number) => ({ $arrayElemAt: [parts, index] });
  const below = (path: string | undefined) => {
    const depth = path === undefined ? 1 : codesOf(path).length;
    return { $cond: [{ $in: [segment(depth + 1), ['', null]] }, segment(depth), segment(depth + 1)] };
  };
  const [only, ...more] = paths;
  return more.reduceRight<unknown>((otherwise, path) => {
    const { $gte, $lt } = under(path);
    const isHere = { $and: [{ $gte: ['$pathAtEvent', $gte] }, { $lt: ['$pathAtEvent', $lt] }] };
    return { $cond: [isHere, below(path), otherwise] };
  }, below(only));
}

/** The phase that the first day lies in. */
const phaseAt = ({ campaign }: Question): unknown =>
  (campaign?.phases ?? []).reduceRight<unknown>((otherwise, { code, from, before }) => {
    const isHere = { $and: [{ $gte: ['$startsOn', from] }, { $lt: ['$startsOn', before] }] };
    return { $cond: [isHere, campaign && fullCode(campaign, code), otherwise] };
  }, null);

/** Gives the key of a place in the tree of a day; null when the tree cannot say (`unallocated`). */
export function keyOfPlace(dimension: RollupDimension, place: Place, top: string | undefined): string | null {
  if (dimension === 'LEVEL') return place.exact ? (place.version?.level ?? null) : null;
  if (dimension === 'PROVINCE' || dimension === 'REGION') {
    const code = dimension === 'PROVINCE' ? place.version?.provinceCode : place.version?.regionCode;
    return code ?? (place.exact ? NONE : null);
  }
  const codes = codesOf(place.path);
  const depth = top === undefined ? 1 : codesOf(top).length;
  return codes[depth] ?? (place.exact ? (codes[depth - 1] ?? null) : null);
}
