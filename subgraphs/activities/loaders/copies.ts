import type DataLoader from 'dataloader';
import { type CampaignCopyRow, campaignCopyScope } from '../../copies/campaigns.ts';
import { type UnitCopyRow, versionOn } from '../../copies/units.ts';
import { byKey } from '../../records/byKey.ts';
import type { Filter } from '../../records/keyset.ts';
import { once } from '../../records/once.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { CopyRoads } from '../filter/known.ts';
import { TreeOn } from '../filter/tree.ts';
import type { Models } from '../model/models.ts';

/** The roads to what this subgraph keeps of units and campaigns. */
export interface Copies extends CopyRoads {
  readonly unitById: DataLoader<string, UnitCopyRow | null>;
  readonly unitByCode: DataLoader<string, UnitCopyRow | null>;
  readonly campaignById: DataLoader<string, CampaignCopyRow | null>;
  readonly campaignByCode: DataLoader<string, CampaignCopyRow | null>;
  /** Every unit that was ever a province's. */
  readonly provinces: () => Promise<readonly UnitCopyRow[]>;
  /** The province that has a code on a day, else the last that had it: codes are given anew. */
  readonly provinceOn: (code: string, day: string) => Promise<UnitCopyRow | undefined>;
  /** The units right under a path on a day; right under the top unit when the path is null. */
  readonly children: (path: string | null, day: string) => Promise<readonly UnitCopyRow[]>;
}

const unitFields = { code: 1, versions: 1, successorId: 1 } as const;
const campaignFields = {
  code: 1,
  issuedOn: 1,
  launchedOn: 1,
  endsOn: 1,
  phases: 1,
  contentItems: 1,
} as const;

/** Makes the roads to the copies, for one request. */
export function copiesOf({ models, signal, viewer }: RequestScope<Models>): Copies {
  const readUnits = (filter: Filter): Promise<UnitCopyRow[]> =>
    readRows<UnitCopyRow>({ model: models.units, filter, projection: unitFields, signal });
  const unitRoad = (field: string) => byKey({ model: models.units, field, projection: unitFields, signal });
  const scope = campaignCopyScope(viewer);
  const campaignRoad = (field: string) =>
    byKey({ model: models.campaigns, field, projection: campaignFields, scope, signal });
  const unitByCode = unitRoad('code');
  const campaignByCode = campaignRoad('code');
  const all = once(() => readUnits({}));
  const provinces = once(() => readUnits({ 'versions.level': 'PROVINCE' }));
  const trees = new Map<string, Promise<TreeOn>>();
  return {
    unitById: unitRoad('_id'),
    unitByCode,
    campaignById: campaignRoad('_id'),
    campaignByCode,
    unitsByCode: (codes) => Promise.all(codes.map((code) => unitByCode.load(code))),
    campaignsByCode: (codes) => Promise.all(codes.map((code) => campaignByCode.load(code))),
    treeOn: (date) => {
      const tree = trees.get(date) ?? all().then((units) => new TreeOn(units, date));
      trees.set(date, tree);
      return tree;
    },
    provinces,
    provinceOn: async (code, day) => {
      const units = await provinces();
      const having = units.filter(({ versions }) => versions.some((each) => each.provinceCode === code));
      return having.find((unit) => versionOn(unit, day)?.provinceCode === code) ?? having.at(-1);
    },
    children: async (path, day) => {
      const child = new RegExp(`^${path === null ? '/[^/]+/' : escaped(path)}[^/]+/$`, 'u');
      const found = await readUnits({ 'versions.path': { $regex: child.source } });
      return found.filter((unit) => child.test(versionOn(unit, day)?.path ?? ''));
    },
  };
}

/** Codes along a path hold dots, which mean something else in a pattern. */
const escaped = (path: string): string => path.replaceAll('.', '\\.');
