import { inputInvalid } from '../../../server/errors.ts';
import { pathsOf } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { isIn, isUnder } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import { readPipeline } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import { houseStatuses } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import { overdueInCells } from '../rollup/measures.ts';
import { overdueExpression } from '../rules/overdue.ts';
import type { HouseFunnelRow, HouseStatus } from '../types.generated.ts';
import type { Copies } from './copies.ts';

interface FunnelArgs {
  readonly under?: string | null | undefined;
  readonly overdueOn?: string | null | undefined;
}

export type FunnelLoader = (args: FunnelArgs, campaignCode: string) => Promise<readonly HouseFunnelRow[]>;

interface StageSum {
  readonly _id: HouseStatus;
  readonly houses: number;
  readonly overdue: number;
  readonly cost: number;
}

/** Makes the loader of funnels: the stages of many campaigns' houses by one command. */
export function funnelLoader(
  scope: RequestScope<Models>,
  copies: Copies,
  openCube: () => Promise<ReadableCube | null>,
): FunnelLoader {
  return perArguments(({ under, overdueOn }: FunnelArgs) => async (codes) => {
    const day = overdueOn ?? scope.today;
    const [paths, cube] = await Promise.all([pathsUnder(under, copies), openCube()]);
    const found = await (cube
      ? stagesOfCells(scope, cube, { codes, paths, day })
      : stagesOfHouses(scope, { codes, paths, day }));
    return codes.map((code) => rowsOf(found.get(code) ?? []));
  });
}

/** Every path that the unit has had; null for all units. */
async function pathsUnder(code: string | null | undefined, copies: Copies): Promise<string[] | null> {
  if (code == null) return null;
  const unit = await copies.unitByCode.load(code);
  if (!unit) throw inputInvalid(`There is no unit with the code ${code}.`, { codes: [code] });
  return pathsOf(unit);
}

type Found = Promise<Map<string, StageSum[]>>;

/** What one command sums up: the houses of campaigns, under the paths, overdue on the day. */
interface Asked {
  readonly codes: readonly string[];
  readonly paths: readonly string[] | null;
  readonly day: string;
}

const stagesOfHouses = ({ models, signal }: RequestScope<Models>, { codes, paths, day }: Asked): Found =>
  perKey<StageSum>({
    model: models.houses,
    keys: codes.map((key) => ({ key })),
    foreignField: 'campaignCode',
    pipeline: [{ $match: paths ? isUnder('pathAtEvent')(paths) : {} }, { $group: stageSums(day) }],
    signal,
  });

/** The cells of the cube, one for each stage, and each path that the unit has had. */
async function stagesOfCells(
  { signal }: RequestScope<Models>,
  cube: ReadableCube,
  { codes, paths, day }: Asked,
): Found {
  const cells = await readPipeline<StageSum & { readonly campaignCode: string }>({
    model: cube.cells,
    pipeline: [
      {
        $match: {
          ...isIn('campaignCode')(codes),
          ...(paths ? isIn('underPath')(paths) : { depth: 1 }),
        },
      },
      {
        $group: {
          _id: { campaignCode: '$campaignCode', status: '$status' },
          houses: { $sum: '$rows' },
          cost: { $sum: '$cost' },
          overdue: { $sum: overdueInCells(day) },
        },
      },
      { $set: { _id: '$_id.status', campaignCode: '$_id.campaignCode' } },
    ],
    signal,
  });
  return new Map(codes.map((code) => [code, cells.filter(({ campaignCode }) => campaignCode === code)]));
}

const stageSums = (day: string): Filter => ({
  _id: '$status',
  houses: { $sum: 1 },
  cost: { $sum: '$cost' },
  overdue: { $sum: { $cond: [overdueExpression('$', day), 1, 0] } },
});

/** One row for each stage, zeros included. */
const rowsOf = (sums: readonly StageSum[]): HouseFunnelRow[] =>
  houseStatuses.map((status) => {
    const { houses = 0, overdue = 0, cost = 0 } = sums.find(({ _id }) => _id === status) ?? {};
    return { status, houses, overdue, cost };
  });
