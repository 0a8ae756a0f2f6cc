import { z } from 'zod';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import { lastVersion } from '../rules/timeline.ts';
import type { Drawn } from './carryOut.ts';
import { checkDay, checkDistinct, checkEnds, checkLevel, invalid } from './checks.ts';
import { childrenMove, type Ending, endingOf } from './children.ts';
import { children, newUnit, optionalInto, treeInput, unitsAtVersion } from './inputs.ts';
import { checkNeeded, type FaultPath, type Naming, takeUnits } from './namedUnits.ts';
import { type Beginning, beginningOf } from './newUnit.ts';
import type { Life } from './readLives.ts';
import { type Place, placeUnder, TreeDraft } from './treeDraft.ts';

const { effectiveOn, decision, note } = treeInput;

/** A merger as it is asked for, proposed and kept. */
export const mergeRequest = z.object({
  effectiveOn,
  decision,
  note,
  sources: unitsAtVersion,
  into: optionalInto,
  intoNew: newUnit.nullish().transform((unit) => unit ?? null),
  children,
});
export type MergeRequest = z.infer<typeof mergeRequest>;

/** Where the sources go: a unit that lives, or one that begins with the merger. */
type Target = { readonly lives: Life } | { readonly begins: Beginning; readonly parent: Life };

/**
 * Draws a merger: the sources end on the day and are linked FULL to the unit that takes them in, which may have reported
 * long before; what stands below them comes to stand below it. Refuses with every rule that stands in the way.
 */
export async function drawMerger(tx: Tx<Models>, request: MergeRequest, at: FaultPath): Promise<Drawn> {
  const { effectiveOn: on, sources: asked, into, intoNew } = request;
  if ((into === null) === (intoNew === null)) {
    invalid(tx, [...at, 'into'], {
      vi: 'Nêu đúng một trong hai: into hoặc intoNew.',
      en: 'Name exactly one of into and intoNew.',
    });
    tx.faults.check();
  }
  const path = [...at, into ? 'into' : 'intoNew'];
  const sourceAt = (index: number): FaultPath => [...at, 'sources', index];
  const namings = asked.map((source, index): Naming => ({ at: source, path: sourceAt(index) }));
  const named = into ?? intoNew?.parent;
  const last: Naming[] = named ? [{ at: named, path: into ? path : [...path, 'parent'] }] : [];
  const lives = await takeUnits(tx, [...namings, ...last]);
  const sources = lives.slice(0, asked.length);
  checkDay(tx, on);
  checkDistinct(tx, asked, [...at, 'sources']);
  const target = await targetOf(tx, request, lives.at(-1) as Life, path);
  const unit = unitOf(target);
  const endings: Ending[] = [];
  for (const [index, life] of sources.entries()) {
    checkSource(tx, life, unit, sourceAt(index));
    await checkEnds(tx, life, on, sourceAt(index));
    const move = request.children === 'MOVE';
    endings.push(await endingOf(tx, life, on, { move, path: sourceAt(index) }));
  }
  tx.faults.check();
  return draw(new TreeDraft(on), target, endings);
}

const unitOf = (target: Target) => ('lives' in target ? target.lives.unit : target.begins.unit);

async function targetOf(
  tx: Tx<Models>,
  { intoNew, sources, effectiveOn: on }: MergeRequest,
  named: Life,
  path: FaultPath,
): Promise<Target> {
  if (intoNew === null) {
    checkNeeded(tx, named, on, { path, by: sources.map(({ code }) => code).join(', ') });
    return { lives: named };
  }
  if (sources.length < 2) {
    invalid(tx, path, {
      vi: 'Một đơn vị mới được lập từ ít nhất hai đơn vị; một đơn vị thì đổi tên.',
      en: 'A new unit is merged from at least two; a single one is renamed.',
    });
  }
  return { begins: await beginningOf(tx, intoNew, named, { on, path }), parent: named };
}

function checkSource(tx: Tx<Models>, { unit }: Life, into: Life['unit'], path: FaultPath): void {
  if (unit._id === into._id)
    tx.faults.add('UNIT_CYCLE', { path, params: { code: unit.code, other: into.code } });
  checkLevel(tx, unit, unit.level === 'MINISTRY' ? [] : [into.level], path);
}

function draw(draft: TreeDraft, target: Target, endings: readonly Ending[]): Drawn {
  const unit = unitOf(target);
  if ('lives' in target) draft.name(target.lives);
  else {
    draft.name(target.parent);
    draft.open(unit, target.begins.shape);
  }
  const place = placeOf(target);
  for (const { life, below } of endings) {
    draft.close(life);
    draft.regraft(below, { from: lastVersion(life.versions).path, parentId: life.unit._id }, place);
  }
  const sources = endings.map(({ life }) => life.unit);
  const successions = sources.map((from) => ({ from, to: unit, share: 'FULL' as const, ends: true }));
  return {
    draft,
    unitId: unit._id,
    happenings: [{ kind: 'MERGE', units: [unit, ...sources], successions }, ...childrenMove(endings)],
  };
}

const placeOf = (target: Target): Place =>
  'lives' in target
    ? placeUnder(target.lives.versions)
    : { ...target.begins.shape, parentId: target.begins.unit._id };
