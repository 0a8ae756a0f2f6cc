import type { CommandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { DeliveryRow } from '../model/delivery.ts';
import type { Models } from '../model/models.ts';
import type { KnownHouseholdRow, SaltRow } from '../model/personal.ts';
import { campaignHasher, saltOf } from '../personal/campaignHasher.ts';
import type { PersonalData } from '../personal/personalData.ts';
import type { ListedHousehold } from '../rules/deliveredPeople.ts';
import { duplicateProblems } from '../rules/duplicateHelp.ts';
import { endedProblems } from '../rules/endedData.ts';
import { digitsOfNumber, holdsNumber } from '../rules/identityNumber.ts';
import { keptReason } from '../rules/keptReason.ts';
import { givesHouse, listsHouseholds } from '../rules/listedKinds.ts';
import { personProblems } from '../rules/person.ts';
import { invalid } from '../rules/problem.ts';
import type { PersonInput } from './deliveryInputs.ts';
import { deliveryRow } from './deliveryRow.ts';
import type { Ground } from './ground.ts';

type Path = readonly (string | number)[];

/** A household to be listed, and where in the input it stands. */
export interface Entry {
  readonly person: PersonInput;
  readonly deliveredOn: string;
  readonly path: Path;
}

/** Checked households, ready to be written and counted. */
export interface Listing {
  readonly rows: readonly DeliveryRow[];
  readonly households: readonly ListedHousehold[];
}

interface Hashed extends Entry {
  readonly hash: string | null;
  readonly digits: string | null;
}

/**
 * A duplicate is overridden by commanders only (DOMAIN §5.6), for a reason that is kept for good and so names no number.
 * Throws FORBIDDEN for the acknowledgement of others.
 */
export function checkAcknowledger(
  tx: Tx<Models>,
  { acknowledge, acknowledgeReason }: Pick<CommandInput, 'acknowledge' | 'acknowledgeReason'>,
): void {
  if (acknowledge.includes('DUPLICATE_SUPPORT')) requireRole(tx.viewer, 'COMMANDER');
  if (acknowledgeReason !== null && holdsNumber(acknowledgeReason)) tx.faults.add(...numberInReason);
}

const numberInReason = keptReason('acknowledgeReason');

/**
 * Checks households against all rules of lists, finds those that the campaign has helped already, and makes their rows.
 * What is wrong is noted as faults, row by row; nothing is written but the campaign's salt.
 */
export async function listPeople(
  tx: Tx<Models>,
  personal: PersonalData,
  ground: Ground,
  entries: readonly Entry[],
): Promise<Listing> {
  const { activity, days, groups } = ground;
  const [first] = entries;
  if (!first) return { rows: [], households: [] };
  if (!listsHouseholds(activity.kind)) {
    tx.faults.add(...notListed(first.path.slice(0, 2)));
    return { rows: [], households: [] };
  }
  for (const { person, deliveredOn, path } of entries) {
    for (const problem of personProblems(person, deliveredOn, { groups, days }, path))
      tx.faults.add(...problem);
  }
  const consented = entries.some(({ person }) => person.consent === 'GIVEN');
  const salt = consented ? await saltOf(tx, activity.campaignId) : null;
  for (const { person, path } of entries)
    for (const problem of endedProblems(person, salt, path)) tx.faults.add(...problem);
  const hashed = await hashAll(tx, personal, activity.campaignId, salt, entries);
  const hashes = hashed.flatMap(({ hash }) => hash ?? []);
  const known = await knownBy(tx, hashes);
  const places = hashed.map(({ hash, path }) => ({ hash, path: [...path, 'idNumber'] }));
  for (const problem of duplicateProblems(places, known, givesHouse(activity.kind)))
    tx.faults.add(...problem);
  return listingOf(tx, personal, ground, hashed, known);
}

const notListed = (path: Path) =>
  invalid(
    path,
    'Chỉ hoạt động về nhà ở và tiền mặt mới ghi danh sách hộ; các loại khác chỉ ghi số đếm.',
    'Only activities of houses and cash list households; of all other kinds people are counted.',
  );

/** A number without consent, of no form, or for a campaign that takes none any more is refused already and not hashed. */
async function hashAll(
  tx: Tx<Models>,
  personal: PersonalData,
  campaignId: string,
  salt: SaltRow | null,
  entries: readonly Entry[],
): Promise<Hashed[]> {
  const typed = entries.map((entry) => {
    const { idNumber, consent } = entry.person;
    const taken = idNumber !== null && consent === 'GIVEN' && !salt?.destroyedAt;
    return { ...entry, digits: taken ? digitsOfNumber(idNumber) : null };
  });
  if (typed.every(({ digits }) => digits === null)) return typed.map((entry) => ({ ...entry, hash: null }));
  const hash = await campaignHasher(tx, personal, campaignId, salt);
  return typed.map((entry) => ({ ...entry, hash: entry.digits === null ? null : hash(entry.digits) }));
}

async function knownBy(tx: Tx<Models>, hashes: readonly string[]): Promise<Map<string, KnownHouseholdRow>> {
  if (hashes.length === 0) return new Map();
  const rows = await tx.models.knownHouseholds
    .find({ _id: { $in: hashes } }, {}, tx.options)
    .lean<KnownHouseholdRow[]>();
  return new Map(rows.map((row) => [row._id, row]));
}

async function listingOf(
  tx: Tx<Models>,
  personal: PersonalData,
  { activity }: Ground,
  hashed: readonly Hashed[],
  known: ReadonlyMap<string, KnownHouseholdRow>,
): Promise<Listing> {
  const listed = await listedAlready(tx, activity._id, [...known.keys()]);
  const ids = new Map([...known].map(([hash, { householdId }]) => [hash, householdId]));
  const households: ListedHousehold[] = [];
  const rows = hashed.map((entry) => {
    const { hash, person } = entry;
    const householdId = (hash && ids.get(hash)) ?? randomId('hhd');
    households.push({
      group: person.group,
      size: person.householdSize ?? 1,
      isKnown: listed.has(hash ?? ''),
    });
    if (hash) {
      ids.set(hash, householdId);
      listed.add(hash);
    }
    return deliveryRow(tx, personal, activity, { ...entry, householdId });
  });
  return { rows, households };
}

/** Which of the households the activity lists already, by their hashes. */
async function listedAlready(
  tx: Tx<Models>,
  activityId: string,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const rows = await tx.models.deliveries
    .find({ activityId, idHash: { $in: hashes } }, { idHash: 1 }, tx.options)
    .lean<Pick<DeliveryRow, 'idHash'>[]>();
  return new Set(rows.flatMap(({ idHash }) => idHash ?? []));
}
