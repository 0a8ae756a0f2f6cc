import type { Model } from 'mongoose';
import { perArguments } from '../../records/byKey.ts';
import type { Filter } from '../../records/keyset.ts';
import { perKey } from '../../records/perKey.ts';
import type { IndicatorTargetRecord } from '../model/content.ts';
import type { Days } from '../model/report.ts';
import { statusExpression, type TargetStatus, targetStatuses } from '../rules/targetStatus.ts';
import { endsIn } from './periods.ts';

/** Which targets of an indicator. */
export interface TargetsAsked {
  readonly underId: string | null;
  readonly days: Days | null;
  /** Of any status when left out. */
  readonly status?: readonly TargetStatus[] | null | undefined;
}

/** Gives the filter of the targets that are asked for. */
export const targetFilter = ({ underId, days, status }: TargetsAsked): Filter => ({
  ...(underId ? { line: underId } : {}),
  ...(days ? endsIn(days) : {}),
  ...(status ? { $expr: { $in: [statusExpression, status] } } : {}),
});

interface TargetCount {
  readonly status: TargetStatus;
  readonly targets: number;
}

/** Makes the road to how many targets of an indicator came out how: all indicators of a tick by one command. */
export const targetCounts = (model: Model<IndicatorTargetRecord>, signal: AbortSignal | undefined) =>
  perArguments((which: TargetsAsked) => async (ids): Promise<TargetCount[][]> => {
    const found = await perKey<{ _id: TargetStatus; targets: number }>({
      model,
      foreignField: 'indicatorId',
      keys: ids.map((key) => ({ key })),
      pipeline: [
        { $match: targetFilter(which) },
        { $group: { _id: statusExpression, targets: { $sum: 1 } } },
      ],
      signal,
    });
    return ids.map((id) => {
      const counts = new Map(found.get(id)?.map(({ _id, targets }) => [_id, targets]));
      return targetStatuses.map((status) => ({ status, targets: counts.get(status) ?? 0 }));
    });
  });
