import { count, text } from '../../url/params.ts';
import { useParams } from '../../url/useParams.ts';
import { readSorting, type Sorting, writeSorting } from './sorting.ts';

/** How a person sees a table: what of it stands in the address. */
export interface TablePlace {
  readonly sorting: Sorting;
  readonly page: number;
  /** Sorts by a column; by the same one again in the other direction. */
  readonly sortBy: (key: string) => void;
  readonly goToPage: (page: number) => void;
}

/** Gives the sort and the page of the table with that name. */
export function useTablePlace(id: string, sort: string): TablePlace {
  const [sortName, pageName] = [`${id}.sort`, `${id}.page`];
  const [values, set] = useParams({ [sortName]: text(sort), [pageName]: count(1) });
  const sorting = readSorting(String(values[sortName]));
  return {
    sorting,
    page: Number(values[pageName]),
    sortBy: (key) => {
      const descending = sorting.key === key && !sorting.descending;
      set({ [sortName]: writeSorting({ key, descending }), [pageName]: 1 }, 'replace');
    },
    goToPage: (page) => set({ [pageName]: page }),
  };
}
