import { inputInvalid } from '../../../server/errors.ts';
import { perArguments } from '../../records/byKey.ts';
import { checkPageSize, connectionOf, type PageArgs } from '../../records/connection.ts';
import type { Filter } from '../../records/keyset.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import { readRows } from '../../records/read.ts';
import { codesOf, under } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import {
  holdsOn,
  type UnitOnDateConnectionRecord,
  type UnitOnDateRecord,
  type UnitVersionRow,
  unitOnDateFields,
} from '../model/version.ts';
import { levelLoader } from './levels.ts';
import { manyByKey } from './manyByKey.ts';
import { noSuchUnit } from './unitFilter.ts';

const inTreeOrder = [{ field: 'path', direction: 1 }] as const;
const levelByLevel = [{ field: 'depth', direction: 1 }, ...inTreeOrder] as const;
const MAX_TREE_DEPTH = 3;

type Page = Omit<UnitOnDateConnectionRecord, 'edges' | 'nodes'> & {
  readonly edges: readonly { readonly cursor: string; readonly node: UnitVersionRow }[];
  readonly nodes: readonly UnitVersionRow[];
};

const dated = (page: Page, date: string): UnitOnDateConnectionRecord => ({
  ...page,
  edges: page.edges.map(({ cursor, node }) => ({ cursor, node: { ...node, date } })),
  nodes: page.nodes.map((node) => ({ ...node, date })),
});

export interface TreeArgs extends PageArgs {
  readonly root: string;
  readonly depth: number;
  readonly on: string;
}

/** What the roads to units on a day stand on. */
interface Known {
  /** Whether a code belongs to any unit, of any day. */
  readonly isUnit: (code: string) => Promise<boolean>;
  readonly childCount: (date: string, id: string) => Promise<number>;
}

/** Makes the roads to units as they were on a day. */
export function onDateLoaders(
  { models, selection, signal }: RequestScope<Models>,
  { isUnit, childCount }: Known,
) {
  const model = models.versions;
  const projection = selection.projection('UnitOnDate', unitOnDateFields);
  const road = { model, projection, signal };

  const get = perArguments((date: string) => async (codes: readonly string[]) => {
    const filter = { code: { $in: codes }, ...holdsOn(date) };
    const rows = await readRows<UnitVersionRow>({ model, filter, projection, signal });
    const found = new Map(rows.map((row) => [row.code, { ...row, date }]));
    return codes.map((code): UnitOnDateRecord | null => found.get(code) ?? null);
  });

  const pagesOf = perArguments(({ date, ...page }: PageArgs & { readonly date: string }) => {
    const list = { ...road, foreignField: 'parentId', filter: holdsOn(date), sort: inTreeOrder };
    return async (ids: readonly string[]) =>
      (await findPagesOf<UnitVersionRow>(list, ids, page)).map((found) => dated(found, date));
  });

  const versions = manyByKey<UnitVersionRow>({
    ...road,
    field: 'code',
    sort: [{ field: 'from', direction: 1 }],
  });

  return {
    get,
    children: (date: string, args: PageArgs, id: string) =>
      pagesOf({ date, first: args.first, after: args.after }, id),
    tree: async ({ root, depth, on, ...page }: TreeArgs): Promise<UnitOnDateConnectionRecord> => {
      checkTree(depth, page);
      const top = await get(on, root);
      if (!top && !(await isUnit(root))) throw noSuchUnit(root);
      if (!top) return noUnits(page);
      const list = { ...road, filter: { ...levelsOf(top.path, depth), ...holdsOn(on) }, sort: levelByLevel };
      const found = dated(await findPage<UnitVersionRow>(list, page), on);
      // How many stand right under a unit is kept; counted, each that stood there on another day would be read too.
      return depth === 1
        ? { ...found, totalCount: async () => 1 + (await childCount(on, top.unitId)) }
        : found;
    },
    level: levelLoader({ ...road, get }),
    versions: async (code: string) => (await versions.load(code)).map((row) => ({ ...row, date: row.from })),
  };
}

function checkTree(depth: number, { first }: PageArgs): void {
  checkPageSize(first);
  if (depth < 0 || depth > MAX_TREE_DEPTH)
    throw inputInvalid(`depth must be between 0 and ${MAX_TREE_DEPTH}; it was ${depth}.`, { depth });
}

/** Named one by one, levels are points of the index, and each is entered where the subtree begins. */
function levelsOf(path: string, depth: number): Filter {
  const top = codesOf(path).length;
  return { depth: { $in: Array.from({ length: depth + 1 }, (_, level) => top + level) }, path: under(path) };
}

const noUnits = (args: PageArgs): UnitOnDateConnectionRecord =>
  connectionOf<UnitOnDateRecord>([], { args, sort: [], print: () => '', totalCount: async () => 0 });
