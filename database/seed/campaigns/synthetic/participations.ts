import { addDays } from '../../../../schema/scalars/period.ts';
import type { CampaignRow, ParticipationRecord } from '../../../../subgraphs/campaigns/index.ts';
import { seededId } from '../../../../subgraphs/records/ids.ts';
import { randomOf } from '../../random.ts';
import { madeOn, placeOf } from '../belonging.ts';
import { grouped } from '../grouped.ts';
import type { SeedUnit } from '../unitsOn.ts';
import { type Child, isLaunched } from './children.ts';

/** A unit that takes part in a campaign. */
export interface Part {
  readonly campaign: CampaignRow;
  readonly unit: SeedUnit;
}

/** The share of all participations and reports that belongs to the units' own campaigns. */
const OWN_SHARE = 0.1;

/** Those higher up come first, so that a small seed still has whole levels. */
const levels = ['PROVINCE', 'DEPARTMENT', 'DISTRICT', 'COMMUNE', 'DIVISION', 'TEAM'];

/** Gives who takes part: in the ministry's campaign level by level, in a unit's own the units right under it. */
export function partsOf(
  main: CampaignRow,
  units: readonly SeedUnit[],
  children: readonly Child[],
  count: number,
): Part[] {
  const inMain = levels.flatMap((level) => units.filter((unit) => unit.level === level));
  const own = ownParts(units, children).slice(0, Math.floor(count * OWN_SHARE));
  return [...inMain.slice(0, count - own.length).map((unit) => ({ campaign: main, unit })), ...own];
}

function ownParts(units: readonly SeedUnit[], children: readonly Child[]): Part[] {
  const under = grouped(units, ({ line }) => line.at(-2) ?? '');
  return children
    .filter(({ campaign }) => isLaunched(campaign))
    .flatMap(({ campaign, owner }) =>
      [owner, ...(under.get(owner.id) ?? [])].map((unit) => ({ campaign, unit })),
    );
}

const titles = ['DVQT', 'CO_BCA', 'DVTT', 'TTLDXS', 'CSTD_CS'];

/** Gives the participations of the parts. */
export function* participationRows(
  parts: readonly Part[],
  children: readonly Child[],
): Generator<ParticipationRecord> {
  const launches = new Map(
    children.map((child) => [`${child.campaign.parentId}/${child.owner.id}`, child.campaign]),
  );
  for (const { campaign, unit } of parts) {
    const random = randomOf(`participation:${campaign.code}:${unit.code}`);
    const own = launches.get(`${campaign._id}/${unit.id}`);
    const registeredOn = addDays(campaign.launchedOn ?? campaign.issuedOn, random.int(0, 30));
    const status =
      own && isLaunched(own)
        ? 'LAUNCHED'
        : random.pick(['REGISTERED', 'LAUNCHED', 'LAUNCHED', 'SUMMARISED'] as const);
    const withdrawn = !own && random.chance(0.02);
    yield {
      _id: seededId('par', `${campaign.code}:${unit.code}`),
      campaignId: campaign._id,
      ...placeOf(unit),
      status: withdrawn ? 'WITHDRAWN' : status,
      registeredOn,
      launchedOn:
        !withdrawn && status !== 'REGISTERED'
          ? (own?.launchedOn ?? addDays(registeredOn, random.int(1, 10)))
          : null,
      localTheme: own && isLaunched(own) ? own.theme : null,
      registeredTitles: titles.slice(0, random.int(0, 2)),
      launchedCampaignId: own && isLaunched(own) ? own._id : null,
      synthetic: true,
      ...madeOn(registeredOn),
    };
  }
}
