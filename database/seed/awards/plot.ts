import type { UnitLevel } from '../../../schema/events.ts';
import { addDays } from '../../../schema/scalars/period.ts';
import type { AwardDossierRecord, DossierState } from '../../../subgraphs/awards/index.ts';
import type { Random } from '../random.ts';
import { type CatalogueRow, recipientKindsOf } from './forms.ts';

type Kind = AwardDossierRecord['kind'];

/** What one synthetic dossier is to be about, before anything happens to it. */
export interface Plot {
  readonly form: CatalogueRow;
  readonly kind: Kind;
  readonly recipientKind: 'COLLECTIVE' | 'INDIVIDUAL';
  /** Levels of the recipient's unit, tried in order. */
  readonly levels: readonly UnitLevel[];
  /** The state it would come to if there were time enough. */
  readonly aim: DossierState;
  /** The day it is handed in, or begun if it stays a draft. */
  readonly begunOn: string;
}

/** How often each form is proposed; most of the 60,000 of a campaign are certificates of unit heads (DOMAIN §6). */
const weights: Readonly<Record<string, number>> = {
  GK: 800,
  BK_BCA: 60,
  BK_TTG: 10,
  CSTT: 40,
  CSTD_CS: 20,
  DVTT: 12,
  DVQT: 8,
  KNC_BVANTQ: 10,
};
/** State-level forms are some 300 of 65,000. */
const RARE = 0.4;

const aims: readonly (readonly [DossierState, number])[] = [
  ['CONFERRED', 78],
  ['DECIDED', 8],
  ['REVOKED', 2],
  ['REJECTED', 5],
  ['WITHDRAWN', 2],
  ['RETURNED', 3],
  ['DRAFT', 2],
  ['SUBMITTED', 2],
  ['UNIT_REVIEWED', 1],
  ['APPRAISED', 1],
  ['COUNCIL_VOTED', 1],
  ['PUBLIC_NOTICE', 0.5],
  ['FORWARDED', 0.5],
];

const mostlyLow: readonly UnitLevel[] = [
  'COMMUNE',
  'COMMUNE',
  'COMMUNE',
  'DISTRICT',
  'DISTRICT',
  'TEAM',
  'DIVISION',
];

/** Gives one of the items by their weights. */
function weighted<Item>(random: Random, items: readonly (readonly [Item, number])[]): Item {
  let left = random.next() * items.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [item, weight] of items) {
    left -= weight;
    if (left < 0) return item;
  }
  throw new RangeError('Nothing to choose from.');
}

/** The first dossiers take each form in turn, so that even a small seed holds every one. */
const formOf = (random: Random, catalogue: readonly CatalogueRow[], index: number): CatalogueRow =>
  catalogue[index] ??
  weighted(
    random,
    catalogue.map((row) => [row, weights[row.code] ?? RARE] as const),
  );

function kindOf(random: Random, { code, class: name }: CatalogueRow): Kind {
  if (code === 'GK' || code === 'BK_BCA') return random.chance(0.85) ? 'MOVEMENT' : 'SUDDEN';
  if (code === 'BK_TTG' || code === 'CO_BCA' || code.startsWith('HC_CHIENCONG')) return 'MOVEMENT';
  if (code === 'HC_DUNGCAM') return 'SUDDEN';
  if (name === 'MEDAL') return 'SENIORITY';
  if (code === 'KNC_BVANTQ' || code.startsWith('HC_BVTQ')) return 'CONTRIBUTION';
  return 'MERIT';
}

/**
 * Certificates of unit heads go to units below a province; what is higher goes to any unit. The titles that a quota
 * is counted from go to other levels than the title that has it: a handful of specimens would break any quota.
 */
const levelsOf = (random: Random, { code, decidedBy }: CatalogueRow): readonly UnitLevel[] => {
  const first = random.pick(mostlyLow);
  if (code === 'CSTD_CS') return ['COMMUNE'];
  if (code === 'CSTT' || code === 'LDTT') return ['DISTRICT', 'DIVISION', 'PROVINCE'];
  if (decidedBy === 'UNIT_HEAD') return [first, 'COMMUNE', 'DISTRICT', 'DIVISION', 'PROVINCE'];
  return random.chance(0.4) ? ['PROVINCE', 'DEPARTMENT'] : [first, 'COMMUNE', 'PROVINCE'];
};

/** The campaign's dossiers come in from its first month to its reviews in 2022, all others in any year, one in ten under the law of 2026. */
const begunOn = (random: Random, kind: Kind): string =>
  kind === 'MOVEMENT'
    ? addDays('2021-09-15', random.int(0, 320))
    : random.chance(0.1)
      ? addDays('2026-10-01', random.int(0, 40))
      : addDays('2021-08-20', random.int(0, 1_860));

/** The first dossiers take each state in turn too. */
const aimOf = (random: Random, catalogue: readonly CatalogueRow[], index: number): DossierState =>
  (index < catalogue.length ? aims[index % aims.length]?.[0] : undefined) ?? weighted(random, aims);

/** Draws what the dossier of a number is about. */
export function plotOf(random: Random, catalogue: readonly CatalogueRow[], index: number): Plot {
  const form = formOf(random, catalogue, index);
  const kind = kindOf(random, form);
  return {
    form,
    kind,
    recipientKind: random.pick(recipientKindsOf(form)),
    levels: levelsOf(random, form),
    aim: aimOf(random, catalogue, index),
    begunOn: begunOn(random, kind),
  };
}
