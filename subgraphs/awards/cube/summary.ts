import { monthOf } from '../../records/calendar.ts';
import type { AddTo, CubeDefinition } from '../../records/cube/definition.ts';
import type { Sums } from '../../records/cube/sums.ts';
import { pathsTo } from '../../records/subtree.ts';
import type { AwardRecord } from '../model/awards.ts';
import type { Models } from '../model/models.ts';

/** What of an award it is counted by. */
const fields = {
  campaignId: 1,
  unitId: 1,
  unitPath: 1,
  form: 1,
  recipientKind: 1,
  stateLevel: 1,
  status: 1,
  eventOn: 1,
  'bonus.amount': 1,
  synthetic: 1,
} as const;

type CountedAward = Pick<
  AwardRecord,
  | '_id'
  | 'campaignId'
  | 'unitId'
  | 'unitPath'
  | 'form'
  | 'recipientKind'
  | 'stateLevel'
  | 'status'
  | 'eventOn'
  | 'synthetic'
> & { readonly bonus?: { readonly amount: number } | null };

/** How long a time one cell is about. A cell of a year knows its months, one of a month its days. */
export type Span = 'ALL' | 'YEAR' | 'MONTH';

/** In place of a campaign: awards of all campaigns, and of none. */
export const EVERY_CAMPAIGN = '*';

/** What awards add up to: those that stand, of these the state's and the money, those revoked, those made up. */
export type AwardSum = 'standing' | 'stateLevel' | 'bonus' | 'revoked' | 'synthetic';

/** The sums of one form and one kind of recipient; what is zero is left out. */
export type AwardSums = Readonly<Partial<Record<AwardSum, number>>>;

/** By form and kind of recipient. */
export type SumsByForm = Readonly<Record<string, Readonly<Record<string, AwardSums>>>>;

/** A cell of the cube: awards of one campaign or all, in one time, at one path or below it. */
export interface SummaryCell {
  readonly span: Span;
  readonly time: string;
  readonly campaignId: string;
  readonly path: string;
  /** Awards to the unit at the path itself; false: to those below it. */
  readonly own: boolean;
  readonly unitId?: string;
  /** By month in a cell of a year, by day in one of a month. */
  readonly parts: Readonly<Record<string, SumsByForm>>;
}

/**
 * The cube of awards (DOMAIN §5.8): sums on a unit and on all that stands under it today. Every period is read from a
 * cell for each of its years, and one for each end of it that is not a whole month.
 */
export const summaryCube: CubeDefinition<Models, CountedAward> = {
  name: 'summary',
  shape: 1,
  type: 'Award',
  rows: (models) => models.awards as never,
  fields,
  path: 'unitPath',
  unitId: 'unitId',
  count,
  indexes: [
    [{ path: 1, campaignId: 1, span: 1, time: 1 }],
    [{ unitId: 1, campaignId: 1, span: 1, time: 1 }, { own: true }],
    [{ campaignId: 1, depth: 1, span: 1, time: 1 }],
  ],
};

function count(award: CountedAward, add: AddTo): void {
  const { campaignId, unitId, unitPath, eventOn } = award;
  const [month, year] = [monthOf(eventOn), eventOn.slice(0, 4)];
  const sums = sumsOf(award);
  const times: readonly (readonly [Span, time: string, part: string])[] = [
    ['ALL', '', 'all'],
    ['YEAR', year, month],
    ['MONTH', month, eventOn],
  ];
  for (const campaign of [EVERY_CAMPAIGN, ...(campaignId === null ? [] : [campaignId])]) {
    for (const [index, path] of pathsTo(unitPath).entries()) {
      const own = path === unitPath;
      for (const [span, time, part] of times) {
        const name = [campaign, path, own ? unitId : '', span, time].join('|');
        const keys = () => ({
          ...{ span, time, campaignId: campaign, path, depth: index + 1, own },
          ...(own ? { unitId } : {}),
        });
        add(name, path, keys, { parts: { [part]: sums } });
      }
    }
  }
}

function sumsOf({ form, recipientKind, stateLevel, status, bonus, synthetic }: CountedAward): Sums {
  const made = synthetic ? { synthetic: 1 } : {};
  const sums =
    status === 'REVOKED'
      ? { revoked: 1, ...made }
      : { standing: 1, stateLevel: stateLevel ? 1 : 0, bonus: bonus?.amount ?? 0, ...made };
  return { [form]: { [recipientKind]: sums } };
}
