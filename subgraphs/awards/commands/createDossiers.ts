import { z } from 'zod';
import { commandInput } from '../../records/command/inputs.ts';
import { requireRole } from '../../records/command/reach.ts';
import type { Command } from '../../records/command/runCommand.ts';
import type { Tx } from '../../records/command/transaction.ts';
import { randomId } from '../../records/ids.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';
import { brokenRules } from '../rules/actions.ts';
import { pendingKeyOf } from '../rules/keys.ts';
import { always } from '../rules/machine.ts';
import { dossiers } from './aggregates.ts';
import { addObstacles, type Path } from './checks.ts';
import { type Draft, draftOf } from './drafting.ts';
import { readGround } from './ground.ts';
import { type Content, content } from './inputs.ts';
import { factsOf } from './law.ts';
import { checkTwice } from './papers.ts';
import { takeNumbers } from './turns.ts';

const oneInput = z.object({ ...commandInput, content });
const manyInput = z.object({ ...commandInput, contents: z.array(content).min(1).max(100) });

/** Begins the dossier of a unit or a person of the officer's own unit, or of one under it. */
export const createDossier: Command<Models, z.infer<typeof oneInput>, { readonly id: string }> = {
  name: 'createDossier',
  input: oneInput,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, input) => {
    const [id = ''] = await create(tx, [input.content], () => ['input', 'content']);
    return { id };
  },
};

/** Begins up to 100 dossiers: all of them, or none. A fault's path names the row that it is about. */
export const createDossiers: Command<Models, z.infer<typeof manyInput>, { readonly ids: string[] }> = {
  name: 'createDossiers',
  input: manyInput,
  may: (viewer) => requireRole(viewer, 'OFFICER'),
  run: async (tx, { contents }) => {
    return { ids: await create(tx, contents, (index) => ['input', 'contents', index]) };
  },
};

async function create(
  tx: Tx<Models>,
  contents: readonly Content[],
  pathOf: (index: number) => Path,
): Promise<string[]> {
  const ground = await readGround(tx, contents);
  const rows = contents.map((each, index) => {
    const draft = draftOf(tx, ground, each, { day: each.judgedOn ?? tx.today, path: pathOf(index) });
    return draft && begun(tx, draft);
  });
  checkTwice(
    tx.faults,
    rows.map((row) => row?.pendingKey ?? null),
    { path: ['input', 'contents'], what: () => 'recipient, form, campaign' },
  );
  for (const [index, row] of rows.entries()) {
    if (row === null) continue;
    const facts = await factsOf(tx, ground.law, row);
    addObstacles(tx.faults, brokenRules(always, row, facts), pathOf(index));
  }
  tx.faults.check();
  const whole = rows.filter((row) => row !== null);
  const numbers = await takeNumbers(tx, whole.length);
  for (const [index, row] of whole.entries()) {
    await tx.insert(
      dossiers,
      { ...row, number: numbers[index] ?? '' },
      { onDuplicate: ['DUPLICATE_PENDING', { path: pathOf(index) }] },
    );
  }
  return whole.map(({ _id }) => _id);
}

/** A new dossier as it will be stored; the number comes last, so that refused ones leave no gap. */
const begun = (tx: Tx<Models>, draft: Draft): AwardDossierRecord =>
  ({
    _id: randomId('dos'),
    ...draft,
    state: 'DRAFT',
    stateSince: tx.today,
    daysToState: null,
    receivedOn: null,
    history: [],
    vote: null,
    notice: null,
    conduct: null,
    awardId: null,
    authors: [tx.viewer.subject],
    pendingKey: pendingKeyOf({ ...draft, state: 'DRAFT' }),
    synthetic: false,
  }) as unknown as AwardDossierRecord;
