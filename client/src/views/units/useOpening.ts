import { useParams } from '../../url/useParams.ts';
import { treeParams } from './place.ts';
import { linkOf } from './treeItems.ts';

/**
 * Gives what happens when an item of the tree is chosen: a unit with others under it is opened or closed, any other is shown
 * by its card. All of it is a change of the address.
 */
export function useOpening(): (item: HTMLElement) => void {
  const [{ path }, set] = useParams(treeParams);
  return (item) => {
    const { code = '', depth } = item.dataset;
    if (item.ariaExpanded === null) return linkOf(item)?.click();
    const above = path.slice(0, Math.max(Number(depth) - 1, 0));
    const open = Number(depth) > 0 && item.ariaExpanded === 'false';
    set({ path: open ? [...above, code] : above, unit: null });
  };
}
