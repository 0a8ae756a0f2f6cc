import { DryRun } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { Models } from '../model/models.ts';
import type { TreeResult } from '../model/plan.ts';
import type { TreeInput } from './inputs.ts';
import { planOf } from './planOf.ts';
import type { TreeDraft } from './treeDraft.ts';
import { type Happening, writeDraft } from './writeDraft.ts';

/** What a command has drawn: the tree, what happened in it, and the unit that the answer shows. */
export interface Drawn {
  readonly draft: TreeDraft;
  readonly happenings: readonly Happening[];
  readonly unitId: string;
}

/** What a drawing is carried out with. */
export type Carrying = Pick<TreeInput, 'decision' | 'note' | 'dryRun'>;

/** Writes what was drawn and gives what it did; a dry run only tells it. */
export async function carryOut(
  tx: Tx<Models>,
  { draft, happenings, unitId }: Drawn,
  { decision, note, dryRun }: Carrying,
): Promise<TreeResult> {
  const plan = planOf(draft);
  if (dryRun) throw new DryRun<TreeResult>({ unitId: null, plan });
  await writeDraft(tx, draft, happenings, { decision, note });
  return { unitId, plan };
}
