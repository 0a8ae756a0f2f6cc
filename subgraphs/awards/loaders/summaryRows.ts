import type { DateSpan } from '../../../schema/scalars/period.ts';
import { inRange } from '../../records/filter.ts';
import { perKey } from '../../records/perKey.ts';
import { under } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardSums } from '../cube/summary.ts';
import type { RecipientKind } from '../model/codes.ts';
import type { Models } from '../model/models.ts';

/** What awards of one form to one kind of recipient add up to. */
export interface FormSums extends AwardSums {
  readonly form: string;
  readonly kind: RecipientKind;
}

/** What is asked of many units at once. */
export interface AskedOfUnits {
  /** Null: of all campaigns and of none. */
  readonly campaignId: string | null;
  /** Null: all time. */
  readonly span: DateSpan | null;
  /** Units alone; or units by id, with the path at and below which awards count. */
  readonly units: readonly string[] | ReadonlyMap<string, string>;
}

type Found = Promise<Map<string, FormSums[]>>;

const sumIf = (condition: object, value: unknown = 1) => ({ $sum: { $cond: [condition, value, 0] } });
const revoked = { $eq: ['$status', 'REVOKED'] };
const stands = { $ne: ['$status', 'REVOKED'] };

const grouped = [
  {
    $group: {
      _id: { form: '$form', kind: '$recipientKind' },
      standing: sumIf(stands),
      stateLevel: sumIf({ $and: [stands, '$stateLevel'] }),
      bonus: sumIf(stands, '$bonus.amount'),
      revoked: sumIf(revoked),
      synthetic: sumIf({ $eq: ['$synthetic', true] }),
    },
  },
  { $addFields: { form: '$_id.form', kind: '$_id.kind' } },
];

/** Adds up the awards of many units themselves, by one command. */
export function rowsOfUnits(
  { models, signal }: RequestScope<Models>,
  { campaignId, span, units }: AskedOfUnits,
): Found {
  const match = {
    ...(campaignId === null ? {} : { campaignId }),
    ...(span ? inRange('eventOn', span.from, span.before) : {}),
  };
  const road = units instanceof Map ? underTops(units) : alone(units as readonly string[]);
  const pipeline = [{ $match: { ...match, ...road.within } }, ...grouped];
  return perKey<FormSums>({ model: models.awards, ...road.question, pipeline, signal });
}

/** Adds up the awards of many campaigns themselves, by one command. */
export const rowsOfCampaigns = ({ models, signal }: RequestScope<Models>, ids: readonly string[]): Found =>
  perKey<FormSums>({
    model: models.awards,
    foreignField: 'campaignId',
    keys: ids.map((key) => ({ key })),
    pipeline: grouped,
    signal,
  });

const alone = (ids: readonly string[]) => ({
  question: { foreignField: 'unitId', keys: ids.map((key) => ({ key })) },
  within: {},
});

/** The ranges of paths under each unit, as variables of one pipeline. */
const underTops = (tops: ReadonlyMap<string, string>) => ({
  question: {
    variables: { from: 'from', before: 'before' },
    keys: [...tops].map(([key, top]) => {
      const { $gte: from, $lt: before } = under(top);
      return { key, from, before };
    }),
  },
  within: { $expr: { $and: [{ $gte: ['$unitPath', '$$from'] }, { $lt: ['$unitPath', '$$before'] }] } },
});
