import { createHash } from 'node:crypto';
import type { CampaignCopy } from '../../../schema/events.ts';
import { addDays } from '../../../schema/scalars/period.ts';
import type { ActivityFacts, DeliveryRow, Fact, HouseRow } from '../../../subgraphs/activities/index.ts';
import { seededId } from '../../../subgraphs/records/ids.ts';
import { type Random, randomOf } from '../random.ts';
import { codeOfActivity, listOf } from './deliveries.ts';
import { type Draft, isDelivered } from './draft.ts';
import { codeOfHouse, datesOfHouse, type HouseDates, idOfHouse } from './houses.ts';
import type { Lists } from './lists.ts';
import { fundingOf, inKindOf, worthOf } from './money.ts';
import { peopleOf } from './people.ts';
import { areaOf, type Reporter, type Reporters } from './reportingUnits.ts';

export interface Built {
  readonly activity: ActivityFacts;
  readonly house: HouseRow | null;
}

export interface Ground {
  readonly campaign: CampaignCopy;
  readonly lists: Lists;
  readonly reporters: Reporters;
}

/** Instants of the synthetic record: in the morning of a day in Vietnam. */
const morning = (day: string): Date => new Date(`${day}T01:30:00Z`);

const factOf = ({ unit, level, ...stands }: Reporter, campaign: CampaignCopy): Fact => ({
  campaignId: campaign.id,
  campaignCode: campaign.code,
  unitId: unit.id,
  unitCode: unit.code,
  pathAtEvent: stands.pathAtEvent,
  levelAtEvent: level,
  provinceAtEvent: stands.provinceCode,
  regionAtEvent: stands.regionCode,
  unitPath: stands.unitPath,
  scopePath: stands.scopePath,
});

/** An activity as far as other parts of the seed refer to it. */
export interface ActivityRef {
  readonly id: string;
  readonly code: string;
  readonly unitId: string;
  readonly campaignId: string;
  readonly kind: string;
  readonly status: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Gives the reference to an activity without making its people and money. */
export function refOf(draft: Draft, campaign: CampaignCopy): ActivityRef {
  const code = codeOfActivity(draft);
  const { kind, status, startsOn, reporter } = draft;
  const { endsOn } = datesOf(draft, randomOf(`facts:${draft.index}`));
  return {
    id: seededId('act', code),
    code,
    unitId: reporter.unit.id,
    campaignId: campaign.id,
    kind: kind.code,
    status,
    startsOn,
    endsOn,
  };
}

function datesOf(draft: Draft, random: Random) {
  const houseDates = draft.house === null ? null : datesOfHouse(draft.house, draft.startsOn);
  return { houseDates, endsOn: endOf(draft, houseDates, random) };
}

/** Makes an activity with its list and its house from its draft. */
export function buildOne(draft: Draft, { campaign, lists, reporters }: Ground): Built {
  const random = randomOf(`facts:${draft.index}`);
  const { houseDates, endsOn } = datesOf(draft, random);
  const list = listOf(draft, handOverDay(draft, houseDates), lists);
  const { people, groups, deliveries, planned } = peopleOf(draft, list, random);
  const worth = worthOf(draft.kind, random);
  const amount = deliveries * worth;
  const plannedAmount = Math.max(planned * worth, amount);
  const code = codeOfActivity(draft);
  const activity: ActivityFacts = {
    _id: seededId('act', code),
    seq: draft.index + 1,
    code,
    ...factOf(draft.reporter, campaign),
    ...contentItemOf(draft, campaign),
    coOrganiserIds: helpersOf(draft, reporters, random),
    kind: draft.kind.code,
    title: titleOf(draft, random),
    note: draft.kind.code === 'KHAC' ? 'Dọn dẹp, khử khuẩn khu dân cư (dữ liệu mẫu)' : null,
    status: draft.status,
    startsOn: draft.startsOn,
    endsOn,
    area: draft.commune === null ? null : areaOf(draft.commune),
    people,
    groups,
    funding: fundingOf(plannedAmount, amount, random),
    plannedAmount,
    amount,
    inKind: inKindOf(draft.kind, deliveries, amount),
    deliveries,
    evidence: evidenceOf(draft, code, random),
    house: houseDates && draft.house !== null ? { id: idOfHouse(draft.house), ...markOf(houseDates) } : null,
    ...trailOf(draft, endsOn),
  };
  return { activity, house: houseDates && houseOf(draft, activity, houseDates) };
}

const handOverDay = ({ startsOn }: Draft, dates: HouseDates | null): string =>
  dates?.handedOverOn ?? startsOn;

/** Makes the rows of an activity's list alone. */
export function* rowsOfList(draft: Draft, lists: Lists): Generator<DeliveryRow> {
  const houseDates = draft.house === null ? null : datesOfHouse(draft.house, draft.startsOn);
  for (const { row } of listOf(draft, handOverDay(draft, houseDates), lists)) yield row;
}

type Dated = HouseDates & { readonly status: HouseRow['status'] };

const markOf = ({ status, dueOn, completedOn, cancelledOn }: Dated) => ({
  status,
  dueOn,
  completedOn,
  cancelledOn,
});

function houseOf(draft: Draft, activity: ActivityFacts, dates: Dated): HouseRow {
  const number = draft.house ?? 0;
  return {
    _id: idOfHouse(number),
    code: codeOfHouse(number),
    activityId: activity._id,
    ...factOf(draft.reporter, { id: activity.campaignId, code: activity.campaignCode } as CampaignCopy),
    area: activity.area,
    ...dates,
    cost: activity.plannedAmount,
    synthetic: true,
    createdAt: activity.createdAt,
    updatedAt: activity.updatedAt,
    version: activity.version,
  };
}

function endOf({ house, status, startsOn }: Draft, dates: HouseDates | null, random: Random): string | null {
  if (house !== null) return dates?.handedOverOn ?? dates?.cancelledOn ?? null;
  if (status === 'CANCELLED') return startsOn;
  return isDelivered(status) && status !== 'IN_PROGRESS' ? addDays(startsOn, random.int(1, 3)) : null;
}

/** Support counts towards social welfare (ND5); some visits towards mass mobilisation (ND4). */
function contentItemOf({ index, kind }: Draft, { contentItems }: CampaignCopy) {
  const wanted = kind.code === 'DONG_VIEN_TINH_THAN' && index % 3 === 0 ? 'ND4' : 'ND5';
  const item = contentItems.find(({ code }) => code === wanted);
  return { contentItemId: item?.id ?? null, contentItemCode: item?.code ?? null };
}

/** One activity in six has a helper from the neighbourhood. */
function helpersOf({ reporterPlace }: Draft, { units }: Reporters, random: Random): string[] {
  const beside = reporterPlace + (random.chance(0.5) ? 1 : -1);
  const helps = random.chance(1 / 6) && beside >= 0 && beside < units.size;
  return helps ? [units.at(beside).unit.id] : [];
}

function titleOf({ kind }: Draft, random: Random): ActivityFacts['title'] {
  const round = random.int(1, 4);
  return { vi: `${kind.title.vi}, đợt ${round}`, en: `${kind.title.en}, round ${round}` };
}

/** The check sums are of nothing: there is no file behind synthetic evidence. */
function evidenceOf({ status, startsOn }: Draft, code: string, random: Random): ActivityFacts['evidence'] {
  if (!isDelivered(status)) return [];
  return Array.from({ length: random.int(1, 3) }, (_, index) => ({
    number: `${random.int(1, 400)}/BC`,
    date: addDays(startsOn, 1 + index),
    title: `Báo cáo kết quả ${code} (dữ liệu mẫu)`,
    url: null,
    sha256: createHash('sha256').update(`synthetic evidence ${code}:${index}`).digest('hex'),
  }));
}

const stepsOf = { PLANNED: 1, APPROVED: 2, IN_PROGRESS: 3, DELIVERED: 4, VERIFIED: 5, CANCELLED: 2 } as const;

const trailOf = ({ status, startsOn }: Draft, endsOn: string | null) => ({
  synthetic: true,
  createdAt: morning(addDays(startsOn, -5)),
  updatedAt: morning(addDays(endsOn ?? startsOn, 2)),
  version: stepsOf[status],
});
