import type { AddTo } from '../../records/cube/definition.ts';
import type { Sums } from '../../records/cube/sums.ts';
import { codesOf, pathsTo } from '../../records/subtree.ts';
import type { ActivityRow } from '../model/activity.ts';
import { type Attribute, type Grain, grains, ownGrains, type Slot, type Time } from './grains.ts';
import { overdueSteps } from './houses.ts';

/** What of an activity it is counted by. */
export type CountedActivity = Pick<
  ActivityRow,
  | '_id'
  | 'campaignCode'
  | 'unitId'
  | 'unitCode'
  | 'pathAtEvent'
  | 'unitPath'
  | 'levelAtEvent'
  | 'provinceAtEvent'
  | 'regionAtEvent'
  | 'contentItemId'
  | 'contentItemCode'
  | 'kind'
  | 'status'
  | 'startsOn'
  | 'month'
  | 'week'
  | 'people'
  | 'groups'
  | 'funding'
  | 'plannedAmount'
  | 'amount'
  | 'deliveries'
  | 'house'
  | 'synthetic'
>;

/** Says which cells an activity counts in: that of its day, those of the units as reported, those of today's. */
export function countSupport(row: CountedActivity, add: AddTo): void {
  // Cancelled activities count nowhere.
  if (row.status === 'CANCELLED') return;
  const sums = sumsOf(row);
  countDay(row, sums, add);
  countReported(row, sums, add);
  countToday(row, sums, add);
}

/** What is added up in every cell; where lines are told apart, they are added to it. */
function sumsOf({ people, plannedAmount, amount, deliveries, house, synthetic }: CountedActivity): Sums {
  return {
    people: peopleSums(people),
    plannedAmount,
    amount,
    deliveries,
    ...(synthetic ? { syntheticRows: 1 } : {}),
    ...(house ? { houses: { [house.status]: 1 }, overdue: overdueSteps(house) } : {}),
  };
}

const peopleSums = ({ targeted, reached, households }: CountedActivity['people']) => ({
  targeted: targeted ?? 0,
  reached: reached ?? 0,
  households: households ?? 0,
});

/** The lines of an activity that a cell tells apart by the attributes of its grain. */
function linesOf(row: CountedActivity, attributes: readonly Attribute[]): Sums {
  return {
    ...(attributes.includes('groups')
      ? { groups: row.groups.map((line) => ({ code: line.code, ...peopleSums(line) })) }
      : {}),
    ...(attributes.includes('funding') ? { funding: row.funding.map((line) => ({ ...line })) } : {}),
  };
}

const every: readonly Attribute[] = ['kind', 'groups', 'funding', 'contentItem'];

function keysOf(row: CountedActivity, attributes: readonly Attribute[]) {
  return {
    ...(attributes.includes('kind') ? { kind: row.kind } : {}),
    ...(attributes.includes('contentItem')
      ? { contentItemId: row.contentItemId, contentItemCode: row.contentItemCode }
      : {}),
  };
}

const nameBy: Readonly<Record<Attribute, (row: CountedActivity) => string>> = {
  kind: ({ kind }) => kind,
  groups: ({ groups }) => groups.map(({ code }) => code).join('+'),
  funding: ({ funding }) => funding.map(({ code }) => code).join('+'),
  contentItem: ({ contentItemId }) => contentItemId ?? '',
};

/** The part of a cell's name for its attributes. */
const nameOf = (row: CountedActivity, attributes: readonly Attribute[]): string =>
  attributes.map((attribute) => nameBy[attribute](row)).join('|');

function countDay(row: CountedActivity, sums: Sums, add: AddTo): void {
  const { campaignCode, pathAtEvent, unitId, unitCode, startsOn, status, month, week } = row;
  const slot: Slot = 'DAY';
  const ownKeys = unitKeys(row);
  const unit = [unitId, pathAtEvent, row.levelAtEvent, areaOf(row)];
  const name = [slot, campaignCode, ...unit, startsOn, status, nameOf(row, every)].join('|');
  const keys = () => ({
    slot,
    campaignCode,
    ...placeOf(pathAtEvent),
    ...ownKeys,
    unitCode,
    startsOn,
    month,
    week,
    status,
    ...keysOf(row, every),
  });
  add(name, pathAtEvent, keys, { ...sums, ...linesOf(row, every) });
}

/** What is the same for all facts of one unit as it was. */
const unitKeys = ({ unitId, levelAtEvent, provinceAtEvent, regionAtEvent }: CountedActivity) => ({
  own: true,
  unitId,
  levelAtEvent,
  provinceAtEvent,
  regionAtEvent,
});

/** A path with what a reader finds it by: the path right above it, and how deep it lies. */
function placeOf(path: string) {
  const codes = codesOf(path);
  return {
    pathAtEvent: path,
    parent: codes.length > 1 ? `/${codes.slice(0, -1).join('/')}/` : null,
    depth: codes.length,
  };
}

/** The paths of the units above, from the top. */
const pathsAbove = (path: string): string[] => pathsTo(path).slice(0, -1);

const times: readonly Time[] = ['ALL', 'MONTH'];

/** Adds an activity to the cells of its unit, and to those of all units above it, as they were when it was reported. */
function countReported(row: CountedActivity, sums: Sums, add: AddTo): void {
  const { campaignCode, pathAtEvent, unitId, levelAtEvent, month } = row;
  const above = pathsAbove(pathAtEvent);
  for (const time of times) {
    const timed = time === 'ALL' ? { ...sums, months: { [month]: 1 } } : sums;
    const at = time === 'ALL' ? {} : { month };
    for (const grain of Object.keys(grains) as Grain[]) {
      const attributes: readonly Attribute[] = grains[grain];
      const slot: Slot = `REPORTED.${time}.${grain}`;
      const some = [slot, campaignCode, at.month ?? '', nameOf(row, attributes)].join('|');
      const base = { slot, campaignCode, ...at, ...keysOf(row, attributes) };
      const lined = { ...timed, ...linesOf(row, attributes) };
      if ((ownGrains as readonly Grain[]).includes(grain)) {
        const keys = () => ({ ...base, ...placeOf(pathAtEvent), ...unitKeys(row) });
        add(`${some}|own|${pathAtEvent}|${unitId}|${levelAtEvent}|${areaOf(row)}`, pathAtEvent, keys, lined);
      }
      for (const path of above) {
        // The top holds all provinces together; whatever lies deeper is told apart by them.
        const area = codesOf(path).length > 1 ? areaOf(row) : '';
        const keys = () => ({ ...base, ...placeOf(path), own: false, ...(area === '' ? {} : areaKeys(row)) });
        add(`${some}|below|${path}|${area}`, path, keys, lined);
      }
    }
  }
}

const areaOf = ({ provinceAtEvent, regionAtEvent }: CountedActivity): string =>
  `${provinceAtEvent ?? '-'}|${regionAtEvent ?? '-'}`;
const areaKeys = ({ provinceAtEvent, regionAtEvent }: CountedActivity) => ({
  provinceAtEvent,
  regionAtEvent,
});

/** Adds an activity to the cells of its unit and of all units that stand above it today. */
function countToday(row: CountedActivity, sums: Sums, add: AddTo): void {
  const { campaignCode, unitPath, unitId, month, startsOn } = row;
  const dated = { ...sums, days: { [startsOn]: 1 } };
  for (const time of times) {
    const slot: Slot = `TODAY.${time}`;
    const at = time === 'ALL' ? {} : { month };
    const some = [slot, campaignCode, at.month ?? ''].join('|');
    const own = () => ({ slot, campaignCode, ...at, ...placeOf(unitPath), own: true, unitId });
    add(`${some}|own|${unitPath}|${unitId}`, null, own, dated);
    for (const path of pathsAbove(unitPath)) {
      const keys = () => ({ slot, campaignCode, ...at, ...placeOf(path), own: false });
      add(`${some}|below|${path}`, null, keys, dated);
    }
  }
}
