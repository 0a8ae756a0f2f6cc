import type { DateSpan } from '../../../schema/scalars/period.ts';
import { allOf, askedFields, inRange } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { codesOf, under } from '../../records/subtree.ts';
import { partsOf } from '../../records/wholeMonths.ts';
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
import { readsTree } from './dimensions.ts';
import type { Question } from './question.ts';

type FilterField = keyof SupportActivityFilter;

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
 * know nearly as much as activities, for the rest. Each alternative is found by one range of an index.
 */
export function cellsOf(question: Question): ((span: DateSpan | null) => Filter) | null {
  const { filter, dimensions } = question;
  if (!knowsAll(filter)) return null;
  const needed = new Set([...askedFields(filter), ...dimensions].flatMap((name) => attributeOf[name] ?? []));
  const below = grainOf(needed, allGrains);
  const own = grainOf(needed, ownGrains);
  const fine = askedFields(filter).some((field) => !known.includes(field)) || dimensions.some(isOfDays);
  if (fine || below === null) return (span) => anyOf(daysIn(question, span && [span]), question);
  const plan = { question, below, own };
  return (span) => {
    if (span === null)
      return anyOf(coarse(plan, dimensions.includes('MONTH') ? 'MONTH' : 'ALL', {}), question);
    const { months, days } = partsOf(span);
    const whole = months ? coarse(plan, 'MONTH', inRange('month', months.from, months.before)) : [];
    return anyOf([...whole, ...(days.length > 0 ? daysIn(question, days) : [])], question);
  };
}

const isOfDays = (dimension: RollupDimension): boolean => dimension === 'WEEK' || dimension === 'PHASE';

/** Joins the alternatives, which say where in the tree and in time, with what else is asked. */
const anyOf = (alternatives: readonly Filter[], question: Question): Filter =>
  allOf([
    alternatives.length === 1 ? (alternatives[0] ?? {}) : { $or: alternatives },
    readsOwn(question) ? question.match : question.anywhere,
  ]);

const allGrains = Object.keys(grains) as Grain[];

function knowsAll(node: SupportActivityFilter): boolean {
  return (
    askedFields(node).every((field) => knownOfDays.includes(field)) &&
    [...(node.any ?? []), ...(node.not ? [node.not] : [])].every(knowsAll)
  );
}

/** The cells of days, each of one unit: of all days, or of those of the spans. */
function daysIn(question: Question, spans: readonly DateSpan[] | null): Filter[] {
  const { tops, cover } = question;
  const slot: Slot = 'DAY';
  const times = spans ? spans.map(({ from, before }) => inRange('startsOn', from, before)) : [{}];
  const places =
    tops && !cover && !readsOwn(question) ? tops.map((path) => ({ pathAtEvent: under(path) })) : [{}];
  return places.flatMap((place) => times.map((time) => ({ slot, ...place, ...time })));
}

interface Plan {
  readonly question: Question;
  /** The grain of the units above the facts, and that of their own units: null where only days know. */
  readonly below: Grain;
  readonly own: Grain | null;
}

/** The cells of all time or of months. */
function coarse({ question, below, own }: Plan, time: Time, months: Filter): Filter[] {
  const ownSlot: Slot = own ? `REPORTED.${time}.${own}` : 'DAY';
  // Levels, single units and the tree of another day are told by a unit's own cells alone.
  if (readsOwn(question)) return [{ slot: ownSlot, own: true, ...unitPlace(question), ...months }];
  const belowSlot: Slot = `REPORTED.${time}.${below}`;
  const places = placesOf(question);
  return [
    ...places.below.map((place) => ({ slot: belowSlot, own: false, ...place, ...months })),
    ...places.own.map((place) => ({ slot: ownSlot, own: true, ...place, ...months })),
  ];
}

/** Whether single units must be read: where one is asked for, or its level, or a tree that subtrees cannot tell. */
const readsOwn = ({ day, filter, dimensions, cover }: Question): boolean =>
  (day !== null && cover === null && (filter.under != null || dimensions.some(readsTree))) ||
  filter.unit != null ||
  filter.level != null ||
  dimensions.includes('LEVEL');

/** Units are found by their paths, which cells are kept by. */
const unitPlace = ({ unitPaths }: Question): Filter => (unitPaths ? { pathAtEvent: { $in: unitPaths } } : {});

interface Places {
  readonly below: readonly Filter[];
  readonly own: readonly Filter[];
}

/** Which units' cells hold everything once, apart enough for the keys that depend on the tree. */
function placesOf({ tops, dimensions, filter, cover }: Question): Places {
  if (cover) {
    const whole = { pathAtEvent: { $in: [...cover.subtrees.keys()] } };
    const alone = { pathAtEvent: { $in: [...cover.apart] }, unitId: { $in: [...cover.units] } };
    return { below: [whole], own: cover.apart.size > 0 ? [whole, alone] : [whole] };
  }
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
