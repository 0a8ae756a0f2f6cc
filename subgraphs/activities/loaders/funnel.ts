import { inputInvalid } from '../../../server/errors.ts';
import { pathsOf } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import { isUnder } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import { houseStatuses } from '../model/house.ts';
import type { Models } from '../model/models.ts';
import { overdueExpression } from '../rules/overdue.ts';
import type { HouseFunnelRow, HouseStatus } from '../types.generated.ts';
import type { Copies } from './copies.ts';

interface FunnelArgs {
  readonly under?: string | null | undefined;
}

export type FunnelLoader = (args: FunnelArgs, campaignCode: string) => Promise<readonly HouseFunnelRow[]>;

interface StageSum {
  readonly _id: HouseStatus;
  readonly houses: number;
  readonly overdue: number;
  readonly cost: number;
}

/** Makes the loader of funnels: the stages of many campaigns' houses by one command. */
export function funnelLoader({ models, signal, today }: RequestScope<Models>, copies: Copies): FunnelLoader {
  return perArguments(({ under }: FunnelArgs) => async (codes) => {
    const found = await perKey<StageSum>({
      model: models.houses,
      keys: codes.map((key) => ({ key })),
      foreignField: 'campaignCode',
      pipeline: [{ $match: await underFilter(under, copies) }, { $group: stageSums(today) }],
      signal,
    });
    return codes.map((code) => rowsOf(found.get(code) ?? []));
  });
}

async function underFilter(code: string | null | undefined, copies: Copies): Promise<Filter> {
  if (code == null) return {};
  const unit = await copies.unitByCode.load(code);
  if (!unit) throw inputInvalid(`There is no unit with the code ${code}.`, { codes: [code] });
  return isUnder('pathAtEvent')(pathsOf(unit));
}

const stageSums = (today: string): Filter => ({
  _id: '$status',
  houses: { $sum: 1 },
  cost: { $sum: '$cost' },
  overdue: { $sum: { $cond: [overdueExpression('$', today), 1, 0] } },
});

/** One row for each stage, zeros included. */
const rowsOf = (sums: readonly StageSum[]): HouseFunnelRow[] =>
  houseStatuses.map((status) => {
    const { houses = 0, overdue = 0, cost = 0 } = sums.find(({ _id }) => _id === status) ?? {};
    return { status, houses, overdue, cost };
  });
