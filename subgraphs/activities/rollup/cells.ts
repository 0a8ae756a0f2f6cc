import type { DateSpan } from '../../../schema/scalars/period.ts';
import { inRange } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { codesOf } from '../../records/subtree.ts';
import {
  type Attribute,
  type Grain,
  grainOf,
  grains,
  ownGrains,
  type Slot,
  type Time,
} from '../cube/grains.ts';
import type { RollupDimension, SupportActivityFilter } from '../types.generated.ts';
import { partsOf } from './months.ts';
import { allOf, type Question } from './question.ts';

type FilterField = keyof SupportActivityFilter;

const fieldsOf = (node: SupportActivityFilter): FilterField[] =>
  (Object.keys(node) as FilterField[]).filter((field) => node[field] != null);

/** What every cell can be filtered by, and what only cells of days can be. Anything else is known of activities alone. */
const known = [
  'campaign',
  'contentItem',
  'unit',
  'under',
  'hierarchy',
  'provinceCode',
  'level',
  'kind',
  'group',
  'funding',
];
const knownOfDays = [...known, 'status', 'during', 'any', 'not'];

const attributeOf: Partial<Record<FilterField | RollupDimension, Attribute>> = {
  kind: 'kind',
  KIND: 'kind',
  group: 'groups',
  GROUP: 'groups',
  funding: 'funding',
  FUNDING: 'funding',
  contentItem: 'contentItem',
  CONTENT_ITEM: 'contentItem',
};

/**
 * Gives which cells add up to what a question asks in a span; null when cells do not know enough. Coarse cells are taken
 * where they can be: those of all time or of whole months, of the units asked for with all below them; cells of days, which
 * know nearly as much as activities, for the rest.
 */
export function cellsOf(question: Question): ((span: DateSpan | null) => Filter) | null {
  const { filter, dimensions } = question;
  if (!knowsAll(filter)) return null;
  const needed = new Set([...fieldsOf(filter), ...dimensions].flatMap((name) => attributeOf[name] ?? []));
  const onlyDays =
    fieldsOf(filter).some((field) => !known.includes(field)) ||
    dimensions.some((dimension) => dimension === 'WEEK' || dimension === 'PHASE');
  const plan = { question, below: grainOf(needed, allGrains), own: grainOf(needed, ownGrains) };
  if (onlyDays || (plan.below === null && plan.own === null))
    return (span) => inDays(question, span ? [span] : null);
  return (span) => {
    if (span === null) return coarse(plan, dimensions.includes('MONTH') ? 'MONTH' : 'ALL', {});
    const { months, days } = partsOf(span);
    if (!months) return inDays(question, days);
    const whole = coarse(plan, 'MONTH', inRange('month', months.from, months.before));
    return days.length === 0 ? whole : { $or: [whole, inDays(question, days)] };
  };
}

const allGrains = Object.keys(grains) as Grain[];

function knowsAll(node: SupportActivityFilter): boolean {
  return (
    fieldsOf(node).every((field) => knownOfDays.includes(field)) &&
    [...(node.any ?? []), ...(node.not ? [node.not] : [])].every(knowsAll)
  );
}

/** The cells of days, each of one unit. */
const inDays = ({ match }: Question, spans: readonly DateSpan[] | null): Filter =>
  allOf([
    { slot: 'DAY' },
    match,
    spans ? { $or: spans.map(({ from, before }) => inRange('startsOn', from, before)) } : {},
  ]);

interface Plan {
  readonly question: Question;
  /** The grain of the units above the facts, and that of their own units; null where only days know. */
  readonly below: Grain | null;
  readonly own: Grain | null;
}

/** The cells of all time or of months. */
function coarse({ question, below, own }: Plan, time: Time, months: Filter): Filter {
  const ownSlot: Slot = own ? `REPORTED.${time}.${own}` : 'DAY';
  // Levels, single units and the tree of another day are told by a unit's own cells alone.
  if (readsOwn(question)) return allOf([{ slot: ownSlot, own: true }, question.match, months]);
  const belowSlot: Slot = below ? `REPORTED.${time}.${below}` : 'DAY';
  const places = placesOf(question);
  return {
    $and: [
      {
        $or: [
          ...places.below.map((place) => ({ slot: belowSlot, own: false, ...place, ...months })),
          ...places.own.map((place) => ({ slot: ownSlot, own: true, ...place, ...months })),
        ],
      },
      question.anywhere,
    ],
  };
}

const readsOwn = ({ day, filter, dimensions }: Question): boolean =>
  day !== null || filter.unit != null || filter.level != null || dimensions.includes('LEVEL');

interface Places {
  readonly below: readonly Filter[];
  readonly own: readonly Filter[];
}

/** Which units' cells hold everything once, apart enough for the keys that depend on the tree. */
function placesOf({ tops, dimensions, filter }: Question): Places {
  const parents = tops && tops.length > 0 ? { $in: tops } : null;
  if (dimensions.includes('CHILD_UNIT')) {
    if (!parents) return { below: [{ depth: 2 }], own: [{ depth: 1 }, { depth: 2 }] };
    return { below: [{ parent: parents }], own: [{ parent: parents }, { pathAtEvent: parents }] };
  }
  const byProvince =
    filter.provinceCode != null || dimensions.some((each) => each === 'PROVINCE' || each === 'REGION');
  const wide = tops === null || tops.some((path) => codesOf(path).length === 1);
  if (wide && byProvince) return { below: [{ depth: 2 }], own: [{ depth: 1 }, { depth: 2 }] };
  const place = parents ? { pathAtEvent: parents } : { depth: 1 };
  return { below: [place], own: [place] };
}
