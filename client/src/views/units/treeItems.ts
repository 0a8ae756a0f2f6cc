import { type Step, stepOf } from './treeKeys.ts';

const ITEM = '[role=treeitem]';

/** Gives the item that an event happened in. */
export const itemAt = (target: EventTarget): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(ITEM) : null;

/** Gives the link to the card of an item's unit. */
export const linkOf = (item: HTMLElement): HTMLElement | null => item.querySelector('a');

/** Whether an item is open or closed; null where nothing is below it. */
const openOf = (item: HTMLElement): boolean | null => {
  const { ariaExpanded } = item;
  return ariaExpanded === null ? null : ariaExpanded === 'true';
};

/** Does what a key does on an item of a tree; gives whether it did anything. */
export function pressKey(tree: HTMLElement, item: HTMLElement, key: string): boolean {
  const step = stepOf(key, openOf(item));
  if (!step) return false;
  if (step === 'toggle') item.click();
  else if (step === 'follow') (linkOf(item) ?? item).click();
  else targetOf(step, tree, item)?.focus();
  return true;
}

function targetOf(
  step: Exclude<Step, 'toggle' | 'follow'>,
  tree: HTMLElement,
  item: HTMLElement,
): HTMLElement | undefined {
  const items = [...tree.querySelectorAll<HTMLElement>(ITEM)];
  const at = items.indexOf(item);
  const isAbove = (each: HTMLElement) => Number(each.dataset.depth) < Number(item.dataset.depth);
  const targets = {
    next: () => items[at + 1],
    previous: () => items[at - 1],
    first: () => items[0],
    last: () => items.at(-1),
    child: () => items[at + 1],
    parent: () => items.slice(0, at).findLast(isAbove),
  };
  return targets[step]();
}
