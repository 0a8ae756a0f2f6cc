import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import { learnTexts } from '../../records/spelling/vocabulary.ts';
import { recountChildren } from '../model/childCounts.ts';
import type { UnitEventKind, UnitEventRecord, UnitLinkRecord } from '../model/event.ts';
import { collectionsOf, type Models } from '../model/models.ts';
import { keysOfNames } from '../model/names.ts';
import type { UnitRecord } from '../model/unit.ts';
import type { UnitVersionRow } from '../model/version.ts';
import { childDaysOf } from '../rules/childDays.ts';
import { onDay } from '../rules/today.ts';
import { units } from './aggregates.ts';
import { copyOf } from './copyOf.ts';
import { takePlaces } from './takePlaces.ts';
import type { Drafted, TreeDraft } from './treeDraft.ts';

/** Who took over whom; a closed unit's FULL link is the one that its facts follow. */
export interface Succession {
  readonly from: UnitRecord;
  readonly to: UnitRecord;
  readonly share: UnitLinkRecord['share'];
  /** Whether `from` ends by it. */
  readonly ends: boolean;
}

/** What happened to units on the day of the draft. */
export interface Happening {
  readonly kind: UnitEventKind;
  readonly units: readonly UnitRecord[];
  readonly successions?: readonly Succession[];
}

/** The act that everything in a draft rests on. */
export type Act = Pick<UnitEventRecord, 'decision' | 'note'>;

/**
 * Writes what was drawn, in a number of commands that does not depend on how many units follow: units with their audit and
 * their events to others, their names as the vocabulary knows them, versions, events of the tree, links.
 */
export async function writeDraft(
  tx: Tx<Models>,
  draft: TreeDraft,
  happenings: readonly Happening[],
  act: Act,
): Promise<void> {
  const successors = successorsBy(happenings);
  await writeUnits(tx, draft.drafted, successors);
  await learnTexts(tx, tx.models.vocabulary, newNamesIn(draft));
  await writeVersions(tx, draft.drafted);
  await writeHappenings(tx, draft.on, happenings, act);
}

/** Also names that begin to hold on a day to come: when it does, nothing is left to learn. */
const newNamesIn = ({ drafted }: TreeDraft): string[] =>
  drafted
    .filter(({ change }) => change === 'OPENED' || change === 'RENAMED')
    .flatMap(({ after }) => keysOfNames(after.map(({ name }) => name)));

const successorsBy = (happenings: readonly Happening[]): ReadonlyMap<string, string> =>
  new Map(
    happenings
      .flatMap(({ successions = [] }) => successions)
      .flatMap(({ from, to, ...link }) => (isPrimary(link) ? [[from._id, to._id] as const] : [])),
  );

const isPrimary = ({ share, ends }: Pick<Succession, 'share' | 'ends'>): boolean => ends && share === 'FULL';

async function writeUnits(
  tx: Tx<Models>,
  drafted: readonly Drafted[],
  successors: ReadonlyMap<string, string>,
): Promise<void> {
  for (const each of drafted) {
    if (each.before.length === 0) await takePlaces(tx, [await insertUnit(tx, each)]);
    else if (!each.follows) {
      const { row, change, copy } = changeOf(each, tx.today, successors);
      await tx.update(units, row, change, { copy });
    }
  }
  const followers = drafted.filter(({ follows }) => follows);
  if (followers.length === 0) return;
  await tx.updateMany(
    units,
    followers.map((each) => changeOf(each, tx.today, successors)),
  );
  // One entry for all: it stands in the story of what led and of each that followed, and says how many they were.
  tx.note({
    type: units.type,
    entityIds: drafted.map(({ unit }) => unit._id),
    changes: [{ field: 'followers', before: null, after: followers.length }],
  });
}

async function insertUnit(tx: Tx<Models>, { unit, after }: Drafted): Promise<UnitRecord> {
  const { version, createdAt, updatedAt, seq, ...fields } = onDay(unit, after, tx.today);
  const params = { code: unit.code, free: unit.code };
  return tx.insert(units, fields, {
    copy: copyOf({ ...unit, version: 1 }, after, null),
    // Only whoever opens it in the same instant: the code was free when it was checked.
    onDuplicate: ['UNIT_CODE_TAKEN', { params }],
  });
}

/** Gives what becomes of a unit's record, and of its copies, when its versions are these. */
export function changeOf(
  { unit, after }: Pick<Drafted, 'unit' | 'after'>,
  today: string,
  successors: ReadonlyMap<string, string>,
) {
  const { _id, version, createdAt, updatedAt, seq, ...change } = onDay(unit, after, today);
  const copy = copyOf({ ...unit, version: unit.version + 1 }, after, successors.get(_id) ?? null);
  return { row: unit, change, copy };
}

async function writeVersions(tx: Tx<Models>, drafted: readonly Drafted[]): Promise<void> {
  const { collection } = tx.models.versions;
  const gone: UnitVersionRow[] = [];
  const come: UnitVersionRow[] = [];
  for (const { before, after } of drafted) {
    const kept = new Map(before.map((version) => [version._id, version]));
    for (const version of after) {
      const old = kept.get(version._id);
      if (old && isDeepStrictEqual(old, version)) kept.delete(version._id);
      else come.push(version);
    }
    gone.push(...kept.values());
  }
  if (gone.length > 0)
    await collection.deleteMany({ _id: { $in: gone.map(({ _id }) => _id) as never[] } }, tx.options);
  if (come.length > 0) await collection.insertMany(come as never[], tx.options);
  const parents = otherChildren(gone, come);
  if (parents.length > 0) await recountChildren(collectionsOf(tx.models), parents, tx.options);
}

/** The units that have other children on some day; not those of a child that is only renamed: its siblings may be too. */
function otherChildren(gone: readonly UnitVersionRow[], come: readonly UnitVersionRow[]): string[] {
  const parents = new Set([...gone, ...come].flatMap(({ parentId }) => parentId ?? []));
  const daysUnder = (parent: string, versions: readonly UnitVersionRow[]) =>
    childDaysOf(versions.filter(({ parentId }) => parentId === parent));
  return [...parents].filter(
    (parent) => !isDeepStrictEqual(daysUnder(parent, gone), daysUnder(parent, come)),
  );
}

async function writeHappenings(
  tx: Tx<Models>,
  on: string,
  happenings: readonly Happening[],
  act: Act,
): Promise<void> {
  const events: UnitEventRecord[] = [];
  const links: UnitLinkRecord[] = [];
  for (const { kind, units: happenedTo, successions = [] } of happenings) {
    if (happenedTo.length === 0) continue;
    const _id = randomId('uev');
    events.push({ _id, kind, effectiveOn: on, ...act, unitIds: happenedTo.map((unit) => unit._id) });
    links.push(...successions.map((succession) => linkOf(succession, _id, on)));
  }
  if (events.length > 0) await tx.models.events.collection.insertMany(events as never[], tx.options);
  if (links.length > 0) await tx.models.links.collection.insertMany(links as never[], tx.options);
}

const linkOf = ({ from, to, ...link }: Succession, eventId: string, on: string): UnitLinkRecord => ({
  // One unit may give another a part and then the rest, even on one day.
  _id: `${from.code}>${to.code}@${eventId}`,
  eventId,
  effectiveOn: on,
  fromId: from._id,
  toId: to._id,
  share: link.share,
  primary: isPrimary(link),
});
