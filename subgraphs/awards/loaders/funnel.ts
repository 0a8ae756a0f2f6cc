import { perArguments } from '../../records/byKey.ts';
import { perKey } from '../../records/perKey.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardFunnelRowRecord } from '../model/answers.ts';
import { type DossierState, dossierStates } from '../model/codes.ts';
import type { Models } from '../model/models.ts';
import { medianOf } from '../rules/median.ts';
import { dossierScope } from '../rules/visibility.ts';
import { readCodes } from './filterCodes.ts';
import type { FilterReads } from './filters.ts';

interface FunnelArgs {
  readonly under?: string | null | undefined;
}

/** Dossiers of one form in one state, with how many took how many days to come to it. */
interface Group {
  readonly _id: { readonly form: string; readonly state: DossierState };
  readonly count: number;
  readonly days: readonly { readonly value: number | null; readonly count: number }[];
  readonly synthetic: boolean;
}

const grouped = [
  {
    $group: {
      _id: { form: '$form', state: '$state', days: '$daysToState' },
      count: { $sum: 1 },
      synthetic: { $max: '$synthetic' },
    },
  },
  {
    $group: {
      _id: { form: '$_id.form', state: '$_id.state' },
      count: { $sum: '$count' },
      days: { $push: { value: '$_id.days', count: '$count' } },
      synthetic: { $max: '$synthetic' },
    },
  },
];

/** Makes the read of a campaign's funnel for one request: the dossiers that the viewer may see, counted. */
export const funnelReads = (
  { models, viewer, signal }: RequestScope<Models>,
  { copies, catalogue, today }: FilterReads,
): ((args: FunnelArgs, campaignId: string) => Promise<readonly AwardFunnelRowRecord[]>) =>
  perArguments(({ under }: FunnelArgs) => async (ids) => {
    const scope = dossierScope(viewer);
    const asked = under ? { under: { codes: [under], hierarchy: null } } : {};
    const codes = await readCodes(asked, copies, today);
    const place = asked.under ? codes.under(asked.under) : {};
    const [found, forms] = await Promise.all([
      perKey<Group>({
        model: models.dossiers,
        foreignField: 'campaignId',
        keys: ids.map((key) => ({ key })),
        pipeline: [{ $match: { $and: [scope, place] } }, ...grouped],
        signal,
      }),
      catalogue.forms(),
    ]);
    const order = new Map(forms.map((form) => [form._id, form.order]));
    return ids.map((id) => rowsOf(found.get(id) ?? [], order));
  });

const rowsOf = (groups: readonly Group[], order: ReadonlyMap<string, number>): AwardFunnelRowRecord[] =>
  groups
    .map(({ _id, count, days, synthetic }) => ({
      ..._id,
      count,
      medianDays: medianOf(
        days.flatMap(({ value, count: n }) => (value === null ? [] : [{ value, count: n }])),
      ),
      synthetic,
    }))
    .sort(
      (a, b) =>
        (order.get(a.form) ?? 0) - (order.get(b.form) ?? 0) ||
        dossierStates.indexOf(a.state) - dossierStates.indexOf(b.state),
    );
