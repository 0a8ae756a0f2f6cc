import { monthOf, weekOf } from '../../records/calendar.ts';
import { codesOf } from '../../records/subtree.ts';
import type { ListHead } from '../cube/book.ts';
import type { HouseholdBook } from '../cube/households.ts';
import { phaseCodeOn } from '../filter/parts.ts';
import type { RollupDimension } from '../types.generated.ts';
import { readsTree } from './dimensions.ts';
import { isMoved, NONE } from './keys.ts';
import type { Question } from './question.ts';

/**
 * Gives the keys of a list as `groupId` of keys.ts lets MongoDB give those of an activity: `k0`, `k1`… for the dimensions,
 * and the unit, by which keys of another day's tree are found.
 */
export function keyInBook(
  book: HouseholdBook,
  head: ListHead,
  question: Question,
): Record<string, string | null> {
  const moved = isMoved(question);
  const keys = question.dimensions.flatMap((dimension, index) =>
    moved && readsTree(dimension) ? [] : [[`k${index}`, keyOf(dimension, book, head, question)] as const],
  );
  return { ...Object.fromEntries(keys), ...(moved ? { unit: book.unitId } : {}) };
}

/** Gives the part of those keys that all lists of a book have in common: those of the tree, and the unit. */
export function placeOfBook(book: HouseholdBook, question: Question): string {
  if (isMoved(question)) return book.unitId;
  return question.dimensions
    .filter(readsTree)
    .map((dimension) => keyOf(dimension, book, NO_LIST, question) ?? NONE)
    .join('|');
}

/** Keys of the tree do not look at the list. */
const NO_LIST: ListHead = { startsOn: '', kind: '', contentItemCode: null, group: null };

/** Gives the part of those keys that all books have in common: by all dimensions but those of the tree. */
export const keyOfList = (head: ListHead, question: Question): string =>
  question.dimensions
    .filter((dimension) => !readsTree(dimension))
    .map((dimension) => keyOf(dimension, null, head, question) ?? NONE)
    .join('|');

function keyOf(
  dimension: RollupDimension,
  book: HouseholdBook | null,
  { startsOn, kind, contentItemCode, group }: ListHead,
  { campaign, top }: Question,
): string | null {
  switch (dimension) {
    case 'CHILD_UNIT':
      return childCode(book?.pathAtEvent ?? '', top.paths);
    case 'PROVINCE':
      return book?.provinceAtEvent ?? null;
    case 'REGION':
      return book?.regionAtEvent ?? null;
    case 'LEVEL':
      return book?.levelAtEvent ?? null;
    case 'MONTH':
      return monthOf(startsOn);
    case 'WEEK':
      return weekOf(startsOn);
    case 'PHASE':
      return phaseCodeOn(campaign, startsOn);
    case 'KIND':
      return kind;
    case 'GROUP':
      return group ?? NONE;
    case 'CONTENT_ITEM':
      return contentItemCode;
    case 'FUNDING':
      throw new Error('Books of households know no sources of money.');
  }
}

/** The code after the top's path; the top's own where the facts are its own. */
function childCode(path: string, tops: readonly string[]): string | null {
  const codes = codesOf(path);
  const top = tops.find((each) => path.startsWith(each));
  const depth = top === undefined ? 1 : codesOf(top).length;
  return codes[depth] ?? codes[depth - 1] ?? null;
}
