import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { CatalogueDimension, CatalogueRow } from '../model/catalogue.ts';
import type { Models } from '../model/models.ts';

export interface CatalogueLoaders {
  /** The entries of one catalogue in their order; all three are read by one command for the request. */
  readonly entries: (dimension: CatalogueDimension) => Promise<readonly CatalogueRow[]>;
  /** One entry. An entry that was taken off the list since keeps its code for a name. */
  readonly entry: (dimension: CatalogueDimension, code: string) => Promise<CatalogueRow>;
}

/** The most entries of one catalogue. */
const MAX_ENTRIES = 100;

/** Makes the loader of the catalogues, for one request. */
export function catalogueLoaders({ models, signal }: RequestScope<Models>): CatalogueLoaders {
  let all: Promise<CatalogueRow[]> | undefined;
  const read = () => {
    all ??= readRows<CatalogueRow>({
      model: models.catalogue,
      filter: {},
      sort: { dimension: 1, order: 1 },
      limit: 3 * MAX_ENTRIES,
      signal,
    });
    return all;
  };
  const entries = async (dimension: CatalogueDimension) =>
    (await read()).filter((row) => row.dimension === dimension).slice(0, MAX_ENTRIES);
  return {
    entries,
    entry: async (dimension, code) =>
      (await entries(dimension)).find((row) => row.code === code) ?? goneEntry(dimension, code),
  };
}

const goneEntry = (dimension: CatalogueDimension, code: string): CatalogueRow => ({
  _id: `${dimension}:${code}`,
  dimension,
  code,
  order: Number.MAX_SAFE_INTEGER,
  name: { vi: code },
  origin: '',
  buildsHouse: false,
  noteRequired: false,
  sensitive: false,
});
