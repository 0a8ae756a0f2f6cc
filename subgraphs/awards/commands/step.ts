import type { Faults } from '../../records/command/faults.ts';
import { advance } from '../../records/command/machine.ts';
import type { Tx } from '../../records/command/transaction.ts';
import type { ActorRole, DossierAction, DossierState } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';
import { isOffered, ruleObstacles, selfObstacles } from '../rules/actions.ts';
import { daysBetween } from '../rules/days.ts';
import type { Facts } from '../rules/eligibility.ts';
import { pendingKeyOf } from '../rules/keys.ts';
import { dossierMachine } from '../rules/machine.ts';
import { dossiers } from './aggregates.ts';
import { addInvalid, addObstacles, requireReachOf } from './checks.ts';
import { factsOf, type Law, readLaw } from './law.ts';
import { codeOf } from './units.ts';

type Change = Partial<Omit<AwardDossierRecord, '_id' | 'version' | 'createdAt' | 'updatedAt'>>;

interface Taken {
  readonly id: string;
  readonly expectedVersion: number;
}

interface Plan {
  readonly action: DossierAction;
  readonly reason?: string | null;
  /** What the step brings beside the new state. May note faults. */
  readonly change?: (dossier: AwardDossierRecord, law: Law) => Promise<Change> | Change;
  /** What else must hold; its facts are those of the dossier as changed. */
  readonly check?: (dossier: AwardDossierRecord, facts: Facts) => void;
}

/** A step that was taken. `facts` are those it was judged by, where it needs any. */
interface Done {
  readonly before: AwardDossierRecord;
  readonly after: AwardDossierRecord;
  readonly facts: Facts | null;
}

/**
 * Takes one step of the workflow (DOMAIN §2.4): reads the dossier, asks for role and place, version, state, and every
 * rule that the step needs, judged with what the step itself brings. All faults are told together; then it is written.
 */
export async function takeStep(tx: Tx<Models>, input: Taken, plan: Plan): Promise<Done> {
  const { action, change, check, reason = null } = plan;
  const { faults, viewer } = tx;
  const before = await tx.take(dossiers, input, (row) => requireReachOf(action, row, viewer));
  const state = advance(faults, dossierMachine, action, before.state);
  const law = await readLaw(tx, [before.form]);
  const brought = (await change?.(before, law)) ?? {};
  const changed = { ...before, ...brought };
  const facts = dossierMachine[action].needs.length > 0 ? await factsOf(tx, law, changed) : null;
  addObstacles(faults, selfObstacles(action, changed, viewer));
  if (facts) {
    refuseUnoffered(faults, action, before, facts);
    addObstacles(faults, ruleObstacles(action, changed, facts));
    check?.(changed, facts);
  }
  faults.check();
  if (reason !== null) tx.because(reason);
  const { receivedOn } = changed;
  const pendingKey = pendingKeyOf({ ...changed, state });
  const after = await tx.update(dossiers, before, {
    ...brought,
    state,
    stateSince: tx.today,
    daysToState: receivedOn === null ? null : daysBetween(receivedOn, tx.today),
    history: [
      ...before.history,
      {
        no: before.history.length + 1,
        action,
        from: before.state,
        to: state,
        at: tx.now,
        role: viewer.role as ActorRole,
        unitId: await actingUnit(tx, before),
        reason,
      },
    ],
    // Only a step that has asked for duplicates claims the key: seeded dossiers were never asked, and hold none.
    ...(facts || pendingKey === null ? { pendingKey } : {}),
  });
  return { before, after, facts };
}

/** The unit for which the step is taken: the viewer's own. */
async function actingUnit(
  { models, viewer, options }: Tx<Models>,
  { proposerId }: AwardDossierRecord,
): Promise<string> {
  const unit = await models.units
    .findOne({ code: codeOf(viewer.unitPath ?? '') }, { _id: 1 }, options)
    .lean();
  return unit?._id ?? proposerId;
}

/** A step that the state allows and the form does not have, or has had. */
function refuseUnoffered(
  faults: Faults,
  action: DossierAction,
  dossier: AwardDossierRecord,
  facts: Facts,
): void {
  if (isOffered(action, dossier, facts)) return;
  addInvalid(
    faults,
    ['input', 'id'],
    `Hồ sơ này không có bước ${action}, hoặc đã qua bước đó.`,
    `This dossier has no step ${action}, or has passed it.`,
  );
}

/** Refuses with INVALID_STATE unless the state is among those allowed; for what moves no dossier. */
export function refuseState(
  faults: Faults,
  action: string,
  state: DossierState,
  allowed: readonly DossierState[],
): void {
  if (!allowed.includes(state)) {
    faults.refuse('INVALID_STATE', { params: { action, state, allowed: allowed.join(', ') } });
  }
}
