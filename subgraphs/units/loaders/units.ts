import { entityNotFound } from '../../../server/errors.ts';
import { byKey, perArguments } from '../../records/byKey.ts';
import { type ChangeArgs, type ChangeStream, readChanges } from '../../records/changeStream.ts';
import type { PageArgs } from '../../records/connection.ts';
import { fingerprint } from '../../records/cursor.ts';
import { findPage } from '../../records/page.ts';
import { findPagesOf } from '../../records/pagesOf.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { Models } from '../model/models.ts';
import {
  type UnitChangeConnectionRecord,
  type UnitConnectionRecord,
  type UnitRecord,
  unitFields,
} from '../model/unit.ts';
import type { UnitVersionRow } from '../model/version.ts';
import type { UnitFilter, UnitSort } from '../types.generated.ts';
import { underCodesOf, unitFilter, unitSort } from './unitFilter.ts';

export interface UnitListArgs extends PageArgs {
  readonly filter?: UnitFilter | null | undefined;
  readonly sort?: readonly UnitSort[] | null | undefined;
}

/** Makes the roads to units as they are today. */
export function unitLoaders({ models, selection, signal }: RequestScope<Models>) {
  const model = models.units;
  const projection = selection.projection('Unit', unitFields);
  const road = { model, projection, signal };
  const byId = byKey<UnitRecord>({ ...road, field: '_id' });
  const byCode = byKey<UnitRecord>({ ...road, field: 'code' });

  const filterOf = async (filter: UnitFilter | null | undefined) => {
    const found = await byCode.loadMany(underCodesOf(filter));
    const paths = found.flatMap((unit) =>
      unit && !(unit instanceof Error) ? [[unit.code, unit.path] as const] : [],
    );
    return unitFilter(filter, new Map(paths));
  };

  return {
    byId: (id: string) => byId.load(id),
    byCode: (code: string) => byCode.load(code),
    /** For references inside this subgraph: a missing one is a broken record. */
    known: (id: string) => found(byId.load(id), id),
    /** The unit behind one of its versions, which holds its id and code: not read when nothing else is asked. */
    behind: ({ unitId, code }: Pick<UnitVersionRow, 'unitId' | 'code'>) =>
      selection.asksOnly('Unit', ['id', 'code'])
        ? ({ _id: unitId, code } as UnitRecord)
        : found(byId.load(unitId), unitId),
    knownCode: (code: string) => found(byCode.load(code), code),
    list: async ({ filter, sort, ...page }: UnitListArgs): Promise<UnitConnectionRecord> =>
      findPage({ ...road, filter: await filterOf(filter), sort: unitSort(sort) }, page),
    /** The children of a unit; active ones unless the filter names a status. */
    children: perArguments(({ filter, sort, ...page }: UnitListArgs) => async (ids: readonly string[]) => {
      const wanted = filter?.status ? filter : { ...filter, status: ['ACTIVE' as const] };
      const list = {
        ...road,
        foreignField: 'parentId',
        filter: await filterOf(wanted),
        sort: unitSort(sort),
      };
      return findPagesOf<UnitRecord>(list, ids, page);
    }),
    changes: (args: ChangeArgs) => changes(road, args),
  };
}

async function found(unit: Promise<UnitRecord | null>, key: string): Promise<UnitRecord> {
  const there = await unit;
  if (!there) throw entityNotFound('Unit', key);
  return there;
}

const print = fingerprint(['unitChanges']);

/** Reads the stream of changes, closed units included. */
async function changes(
  road: Pick<ChangeStream<UnitRecord>, 'model' | 'projection' | 'signal'>,
  args: ChangeArgs,
): Promise<UnitChangeConnectionRecord> {
  const { edges, ...end } = await readChanges<UnitRecord>({ ...road, print }, args);
  const nodes = edges.map(({ cursor, row }) => ({ cursor, node: row }));
  return { edges: nodes.map((node) => ({ cursor: node.cursor, node })), nodes, ...end };
}
