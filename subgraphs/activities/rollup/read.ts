import type { Model } from 'mongoose';
import type { DateSpan } from '../../../schema/scalars/period.ts';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { isIn } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { readPipeline } from '../../records/read.ts';
import type { Models } from '../model/models.ts';
import type { SupportMetric } from '../types.generated.ts';
import { matchOfActivities } from './from.ts';
import { groupId, isMoved } from './keys.ts';
import { accumulators, type Counting, type Unwound, wholeActivities } from './measures.ts';
import type { Question } from './question.ts';

/** The most rows a rollup may have before it is cut into pages (DOMAIN §5.8). */
export const MAX_CELLS = 50_000;

/** One group as MongoDB gives it: its keys, the sums by the names of their measures, and what was in it. */
export interface RawRow extends Readonly<Partial<Record<SupportMetric, number>>> {
  readonly _id: Readonly<Record<string, string | null>> | null;
  readonly synthetic: boolean;
  /** The first and the last month with an activity. */
  readonly first: string | null;
  readonly last: string | null;
  /** Whether it is the sums over everything, each activity once. */
  readonly whole?: true;
}

/** Where a rollup reads from: the activities, or the cells of the cube that know enough. */
export interface From {
  readonly counting: Counting;
  readonly rows: Model<never>;
  readonly match: (span: DateSpan | null) => Filter;
}

export interface Source {
  readonly models: Models;
  readonly from: From;
  /** The books of households, when they stand and know what is asked. */
  readonly books: ReadableCube | null;
  readonly signal: AbortSignal | undefined;
}

/** Which lines the dimensions take activities apart by; then an activity can stand in several rows. */
export const unwoundOf = ({ dimensions }: Pick<Question, 'dimensions'>): Unwound => ({
  group: dimensions.includes('GROUP'),
  funding: dimensions.includes('FUNDING'),
});

/** Takes activities apart by a list; one without lines keeps a row of its own. Only lines asked for by the filter stay. */
const apart = (list: string, codes: readonly string[] | null | undefined): Filter[] => [
  { $unwind: { path: `$${list}`, preserveNullAndEmptyArrays: true } },
  ...(codes ? [{ $match: isIn(`${list}.code`)(codes) }] : []),
];

/**
 * Reads the sums of all rows, and, where activities stand in several of them, those over everything: by one command, which
 * looks at each cell once.
 */
export function readRows(source: Source, question: Question, span: DateSpan | null): Promise<RawRow[]> {
  const unwound = unwoundOf(question);
  const { group, funding } = question.filter;
  const match = { $match: source.from.match(span) };
  const rows = [
    ...(unwound.group ? apart('groups', group) : []),
    ...(unwound.funding ? apart('funding', funding) : []),
    { $group: { _id: groupId(question, '$groups.code'), ...sumsOf(source, question, unwound) } },
    ...(isMoved(question) ? [] : [{ $limit: MAX_CELLS + 1 }]),
  ];
  if (!unwound.group && !unwound.funding) return aggregate(source, source.from.rows, [match, ...rows]);
  const whole = [
    { $group: { _id: null, ...sumsOf(source, question, wholeActivities) } },
    { $addFields: { whole: true } },
  ];
  return aggregate(source, source.from.rows, [
    match,
    { $facet: { rows, whole } },
    // Both lists as rows again: a single document of the answer may have 16 MB.
    { $project: { row: { $concatArrays: ['$rows', '$whole'] } } },
    { $unwind: '$row' },
    { $replaceWith: '$row' },
  ]);
}

const sumsOf = ({ from: { counting } }: Source, { metrics, today }: Question, unwound: Unwound): Filter => ({
  ...accumulators(metrics, { unwound, counting, today }),
  ...extents[counting],
});

const extents: Readonly<Record<Counting, Filter>> = {
  ACTIVITIES: {
    synthetic: { $max: '$synthetic' },
    first: { $min: '$month' },
    last: { $max: '$month' },
  },
  CELLS: {
    synthetic: { $max: '$derived.synthetic' },
    first: { $min: { $ifNull: ['$month', '$derived.firstMonth'] } },
    last: { $max: { $ifNull: ['$month', '$derived.lastMonth'] } },
  },
};

/** Different households of one row; in the tree of another day, one household of one unit. */
export interface HouseholdRow {
  readonly _id: Readonly<Record<string, string | null>>;
  readonly n: number;
}

export interface Households {
  readonly rows: readonly HouseholdRow[];
  /** Different households over everything. */
  readonly total: number;
}

/** The lists of the activities: each household once for the keys of each row it stands in. */
function listedIn(source: Source, question: Question, span: DateSpan | null): Filter[] {
  return [
    { $match: matchOfActivities(question, span) },
    ...(unwoundOf(question).funding ? apart('funding', question.filter.funding) : []),
    {
      $lookup: {
        from: source.models.deliveries.collection.name,
        localField: '_id',
        foreignField: 'activityId',
        pipeline: [{ $project: { _id: 0, householdId: 1, group: 1 } }],
        as: 'listed',
      },
    },
    { $unwind: '$listed' },
    {
      $group: { _id: { ...groupId(question, '$listed.group'), household: '$listed.householdId' } },
    },
  ];
}

/** Counts the different households of each row, and of everything, by one command. */
export async function readHouseholds(
  source: Source,
  question: Question,
  span: DateSpan | null,
): Promise<Households> {
  const listed = listedIn(source, question, span);
  const at = `k${question.dimensions.indexOf('GROUP')}`;
  const groups = unwoundOf(question).group ? question.filter.group : null;
  if (isMoved(question)) {
    const all = await aggregate<HouseholdRow>(source, source.models.activities, [
      ...listed,
      { $addFields: { n: 1 } },
    ]);
    const rows = groups ? all.filter(({ _id }) => groups.includes(_id[at] ?? '')) : all;
    return { rows, total: new Set(all.map(({ _id }) => _id.household)).size };
  }
  const keys = Object.fromEntries(
    question.dimensions.map((_, index) => [`k${index}`, `$_id.k${index}`] as const),
  );
  const [both] = await aggregate<{ rows: HouseholdRow[]; total: { n: number }[] }>(
    source,
    source.models.activities,
    [
      ...listed,
      {
        $facet: {
          rows: [
            ...(groups ? [{ $match: isIn(`_id.${at}`)(groups) }] : []),
            { $group: { _id: keys, n: { $sum: 1 } } },
            { $limit: MAX_CELLS + 1 },
          ],
          total: [{ $group: { _id: '$_id.household' } }, { $count: 'n' }],
        },
      },
    ],
  );
  return { rows: both?.rows ?? [], total: both?.total[0]?.n ?? 0 };
}

const aggregate = <Row>(
  { signal }: Source,
  model: Model<never> | Models['activities'],
  pipeline: readonly Filter[],
): Promise<Row[]> => readPipeline<Row>({ model, pipeline, signal });
