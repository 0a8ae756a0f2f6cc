import { addDays } from '../../../schema/scalars/period.ts';
import { type Random, randomOf } from '../random.ts';
import type { Volumes } from '../volumes.ts';
import { house, type Kind, kinds } from './kinds.ts';
import { firstDay, type Reporter, type Reporters } from './reportingUnits.ts';
import { Weighted } from './weighted.ts';

export type Status = 'PLANNED' | 'APPROVED' | 'IN_PROGRESS' | 'DELIVERED' | 'VERIFIED' | 'CANCELLED';

/** What is settled about an activity before its people and money are. The same number always gives the same draft. */
export interface Draft {
  readonly index: number;
  readonly reporter: Reporter;
  /** The place of the reporter among all, for whoever keeps a table by it. */
  readonly reporterPlace: number;
  readonly kind: Kind;
  /** The number of its house among all houses; null when it builds none. */
  readonly house: number | null;
  readonly status: Status;
  readonly startsOn: string;
  /** The commune it took place in; null where the unit has none. */
  readonly commune: string | null;
  /** A large distribution is counted and not listed. */
  readonly mass: boolean;
  /** How long its list is beside other lists; 0 when nothing is listed. */
  readonly listWeight: number;
}

/** How busy the months were: the epidemic's summer, the time before Tết, the end of the year, the rest. */
const months: readonly { readonly from: string; readonly days: number; readonly weight: number }[] = [
  { from: firstDay, days: 17, weight: 16 },
  { from: '2021-09-01', days: 30, weight: 22 },
  { from: '2021-10-01', days: 31, weight: 14 },
  { from: '2021-11-01', days: 30, weight: 9 },
  { from: '2021-12-01', days: 31, weight: 9 },
  { from: '2022-01-01', days: 31, weight: 14 },
  { from: '2022-02-01', days: 28, weight: 4 },
  { from: '2022-03-01', days: 31, weight: 4 },
  { from: '2022-04-01', days: 30, weight: 3 },
  { from: '2022-05-01', days: 31, weight: 3 },
  { from: '2022-06-01', days: 24, weight: 2 },
];
const monthsByWeight = new Weighted(months, ({ weight }) => weight);
const kindsByWeight = new Weighted(kinds, ({ weight }) => weight);

const statuses: readonly (readonly [Status, number])[] = [
  ['VERIFIED', 58],
  ['DELIVERED', 29],
  ['IN_PROGRESS', 4],
  ['APPROVED', 3],
  ['PLANNED', 2],
  ['CANCELLED', 4],
];
const statusesByWeight = new Weighted(statuses, ([, weight]) => weight);

/** The stages of sixteen houses, over and over: every stage is there even in a small seed. */
const houseStages = [
  'HANDED_OVER',
  'STARTED',
  'HANDED_OVER',
  'COMPLETED',
  'APPROVED',
  'HANDED_OVER',
  'SURVEYED',
  'CANCELLED',
  'HANDED_OVER',
  'STARTED',
  'HANDED_OVER',
  'COMPLETED',
  'HANDED_OVER',
  'STARTED',
  'APPROVED',
  'SURVEYED',
] as const;
export type HouseStage = (typeof houseStages)[number];

export const stageOfHouse = (number: number): HouseStage =>
  houseStages[number % houseStages.length] ?? 'SURVEYED';

/** The status of the activity that a house in a stage belongs to. */
const statusOfStage: Readonly<Record<HouseStage, Status>> = {
  SURVEYED: 'PLANNED',
  APPROVED: 'APPROVED',
  STARTED: 'IN_PROGRESS',
  COMPLETED: 'IN_PROGRESS',
  HANDED_OVER: 'VERIFIED',
  CANCELLED: 'CANCELLED',
};

/** Whether something was handed over in an activity of that status. */
export const isDelivered = (status: Status): boolean =>
  status === 'VERIFIED' || status === 'DELIVERED' || status === 'IN_PROGRESS';

const dayAt = (random: Random): string => {
  const month = monthsByWeight.at(monthsByWeight.placeAt(random.next()));
  return addDays(month.from, random.int(0, month.days - 1));
};

/** Houses are begun early, so that they can be finished within the campaign. */
const houseDay = (random: Random): string => addDays(firstDay, random.int(0, 75));

/** Spreads the houses evenly over the activities: gives the house's number, or null. */
const houseAt = (index: number, { activities, houses }: Volumes): number | null => {
  const before = Math.floor((index * houses) / activities);
  return Math.floor(((index + 1) * houses) / activities) > before ? before : null;
};

function isMass(kind: Kind, { level }: Reporter, random: Random): boolean {
  return kind.code === 'HO_TRO_VAT_CHAT' && random.chance(level === 'COMMUNE' ? 0.05 : 0.35);
}

/** Drafts the activity of a number. Units follow each other by their paths, so that one unit's activities lie together. */
export function draftOf(index: number, volumes: Volumes, { units, communes }: Reporters): Draft {
  const random = randomOf(`activity:${index}`);
  const reporterPlace = units.placeAt((index + random.next()) / volumes.activities);
  const reporter = units.at(reporterPlace);
  const number = houseAt(index, volumes);
  const kind = number === null ? kindsByWeight.at(kindsByWeight.placeAt(random.next())) : house;
  const status =
    number === null
      ? statusesByWeight.at(statusesByWeight.placeAt(random.next()))[0]
      : statusOfStage[stageOfHouse(number)];
  const [first, before] = reporter.communes;
  const mass = isMass(kind, reporter, random);
  const lists = number === null && isDelivered(status) && !mass;
  return {
    index,
    reporter,
    reporterPlace,
    kind,
    house: number,
    status,
    startsOn: number === null ? dayAt(random) : houseDay(random),
    commune: before > first ? (communes[random.int(first, before - 1)] ?? null) : null,
    mass,
    listWeight: lists ? random.int(2, 20) : 0,
  };
}
