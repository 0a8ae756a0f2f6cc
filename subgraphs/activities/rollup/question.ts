import { addDays, type DateSpan } from '../../../schema/scalars/period.ts';
import { dimensionImpossible, GraphError, inputInvalid } from '../../../server/errors.ts';
import type { Viewer } from '../../../server/viewer.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { pathsOf, type UnitCopyRow } from '../../copies/units.ts';
import { checkPageSize } from '../../records/connection.ts';
import type { Filter } from '../../records/keyset.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import { codesOf, isWithin } from '../../records/subtree.ts';
import { filterOf } from '../filter/activityFilter.ts';
import { type CopyRoads, dayOfHierarchy, type Known, knownOf } from '../filter/known.ts';
import { pathOn, spanOf } from '../filter/parts.ts';
import type { TreeOn } from '../filter/tree.ts';
import type {
  RollupDimension,
  SupportActivityFilter,
  SupportMetric,
  SupportRollupInput,
} from '../types.generated.ts';
import type { Cover } from './cover.ts';
import { readsTree } from './dimensions.ts';
import { coverIn, type RowPlace } from './placing.ts';

/** A rollup with everything that its input means. */
export interface Question {
  readonly dimensions: readonly RollupDimension[];
  readonly metrics: readonly SupportMetric[];
  readonly filter: SupportActivityFilter;
  /** The activities of all time, whatever became of them; and the same without the units that they must lie under. */
  readonly match: Filter;
  readonly anywhere: Filter;
  /** The units meant, and the campaigns. */
  readonly matchOfUnits: Filter;
  /** The paths of the units of filter.under as reported, none within another; null when all units are meant. */
  readonly tops: readonly string[] | null;
  /** Every path of the units of filter.unit; null when no single units are meant. */
  readonly unitPaths: readonly string[] | null;
  /** The period of filter.during, and the one to compare with. */
  readonly span: NamedPeriod | null;
  /** Whether that period is the whole campaign. */
  readonly wholeCampaign: boolean;
  readonly compareWith: NamedPeriod | null;
  readonly campaign: CampaignCopyRow | null;
  /** The day of the tree, null as reported; the tree itself only where rows need it. */
  readonly day: string | null;
  readonly tree: TreeOn | null;
  /** How the tree of another day is read from that of the reports; null as reported, and where single units must be. */
  readonly cover: Cover<RowPlace> | null;
  /** The unit of filter.under with its paths in the tree meant; no path when there is none. */
  readonly top: { readonly unit: UnitCopyRow | null; readonly paths: readonly string[] };
  /** Whether the viewer may see counts of few people here. */
  readonly inside: boolean;
  readonly includeZero: boolean;
  readonly today: string;
}

const MAX_DIMENSIONS = 3;
const MAX_ROWS = 5_000;
const MAX_ROWS_PARTNER = 500;

export interface Asker {
  readonly roads: CopyRoads;
  readonly viewer: Viewer;
  readonly today: string;
}

/** Reads what the input means. Throws DIMENSION_IMPOSSIBLE, PERIOD_INVALID, INPUT_INVALID or PAGE_SIZE for what makes no rollup. */
export async function questionOf(input: SupportRollupInput, asker: Asker): Promise<Question> {
  const { roads, viewer, today } = asker;
  const dimensions = input.groupBy ?? [];
  checkShape(input, viewer);
  const day = dayOfHierarchy(input.hierarchy ?? input.filter.hierarchy, today);
  const { during, ...rest } = inOneTree(input.filter, day, today);
  const known = await knownOf(rest, roads, today);
  const campaign = onlyCampaign(rest, known);
  if (dimensions.includes('PHASE') && !campaign)
    throw dimensionImpossible('PHASE', 'PHASE needs exactly one campaign in filter.campaign.');
  const moved = day !== null && (rest.under != null || dimensions.some(readsTree));
  const whole = moved ? await roads.treeOn(day) : null;
  const top = topOf(rest, day, known, dimensions);
  return {
    dimensions,
    metrics: [...new Set(input.metrics ?? [])],
    filter: rest,
    match: filterOf(rest, known),
    anywhere: filterOf({ ...rest, under: null }, known),
    matchOfUnits: filterOf(unitsOf(rest), known),
    tops: rest.under ? outermost(rest.under.flatMap((code) => pathsOf(known.unit(code)))) : null,
    unitPaths: rest.unit ? rest.unit.flatMap((code) => pathsOf(known.unit(code))) : null,
    span: during ? spanOf(during, campaign, today) : null,
    wholeCampaign: during?.relative === 'WHOLE_CAMPAIGN',
    compareWith: input.compareWith ? spanOf(input.compareWith, campaign, today) : null,
    campaign,
    day,
    tree: dimensions.some(readsTree) ? whole : null,
    cover: whole && coverIn(whole, { dimensions, filter: rest, top, tops: topsOn(rest, day, known) }),
    top,
    inside: isInside(rest, known, viewer),
    includeZero: input.includeZero ?? false,
    today,
  };
}

const topsOn = ({ under }: SupportActivityFilter, day: string | null, known: Known): string[] | null =>
  under && day !== null ? under.map((code) => pathOn(code, day, known)) : null;

const unitsOf = (filter: SupportActivityFilter): SupportActivityFilter => {
  const { campaign = null, unit = null, under = null, hierarchy = null } = filter;
  const { provinceCode = null, level = null } = filter;
  return { campaign, unit, under, hierarchy, provinceCode, level };
};

/**
 * The day whose units get a row and a name: that of the tree; as reported, that of the last activity found, else the last
 * day of the period that is not in the future.
 */
export const dayOfUnits = ({ day, today }: Question, { before }: DateSpan, last: string | null): string =>
  day ?? last ?? [addDays(before, -1), today].sort()[0] ?? today;

/** The paths that lie within no other one. */
const outermost = (paths: readonly string[]): string[] =>
  [...new Set(paths)].filter((path) => !paths.some((other) => other !== path && path.startsWith(other)));

function checkShape(input: SupportRollupInput, viewer: Viewer): void {
  const dimensions = input.groupBy ?? [];
  const twice = dimensions.find((dimension, index) => dimensions.indexOf(dimension) !== index);
  if (twice) throw dimensionImpossible(twice, `groupBy names ${twice} twice; name it once.`);
  if (dimensions.length > MAX_DIMENSIONS) {
    throw new GraphError('COST_EXCEEDED', `groupBy takes at most ${MAX_DIMENSIONS} dimensions.`, {
      params: { dimensions: dimensions.length, max: MAX_DIMENSIONS },
    });
  }
  if (input.metrics?.length === 0) throw inputInvalid('metrics is empty; name at least one.');
  for (const { dimension, metric } of input.sort ?? []) {
    if ((dimension == null) === (metric == null))
      throw inputInvalid('A sort takes exactly one of dimension and metric.');
    if (dimension != null && !dimensions.includes(dimension))
      throw dimensionImpossible(dimension, `${dimension} is sorted by, but not in groupBy.`);
    if (metric != null && !input.metrics?.includes(metric))
      throw inputInvalid(`${metric} is sorted by, but not in metrics.`);
  }
  checkPageSize(input.first ?? 200, viewer.role === 'PARTNER' ? MAX_ROWS_PARTNER : MAX_ROWS);
}

/** The whole rollup is read in one tree: a filter that names another one is refused. */
function inOneTree(node: SupportActivityFilter, day: string | null, today: string): SupportActivityFilter {
  if (node.hierarchy && dayOfHierarchy(node.hierarchy, today) !== day) {
    throw inputInvalid('hierarchy of the rollup and of its filter must be the same; leave out the second.');
  }
  const inner = (child: SupportActivityFilter) => inOneTree(child, day, today);
  return {
    ...node,
    hierarchy: day === null ? { mode: 'AS_REPORTED' } : { mode: 'AS_OF', asOf: day },
    ...(node.any ? { any: node.any.map(inner) } : {}),
    ...(node.not ? { not: inner(node.not) } : {}),
  };
}

function onlyCampaign({ campaign }: SupportActivityFilter, known: Known): CampaignCopyRow | null {
  const [only, ...more] = campaign ?? [];
  return only !== undefined && more.length === 0 ? known.campaign(only) : null;
}

function topOf(
  { under }: SupportActivityFilter,
  day: string | null,
  known: Known,
  dimensions: readonly RollupDimension[],
): Question['top'] {
  const [only, ...more] = under ?? [];
  if (more.length > 0 && dimensions.includes('CHILD_UNIT'))
    throw dimensionImpossible('CHILD_UNIT', 'CHILD_UNIT needs exactly one unit in filter.under.');
  if (only === undefined || more.length > 0) return { unit: null, paths: [] };
  const unit = known.unit(only);
  return { unit, paths: day === null ? pathsOf(unit) : [pathOn(only, day, known)] };
}

/** The viewer is inside when every unit asked for lies in the viewer's subtree; who holds the top is always. */
function isInside({ under, unit }: SupportActivityFilter, known: Known, viewer: Viewer): boolean {
  if (viewer.unitPath !== null && codesOf(viewer.unitPath).length === 1) return true;
  const codes = under ?? unit ?? [];
  return (
    codes.length > 0 &&
    codes.every((code) => isWithin(known.unit(code).versions.at(-1)?.path ?? '/', viewer.unitPath))
  );
}
