import type { Viewer } from '../../../server/viewer.ts';
import { isWithin } from '../../records/subtree.ts';
import type { ActionHintRecord, ActionObstacleRecord } from '../model/answers.ts';
import type { ActorRole, DossierAction } from '../model/codes.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import { eligibilityOf, type Facts } from './eligibility.ts';
import { actionsFrom, type DossierStep, dossierMachine } from './machine.ts';

/** What decides who may take a step: where the dossier belongs, and who decides about it. */
export type Placed = Pick<AwardDossierRecord, 'proposerPath' | 'decidingPath' | 'decidedBy'>;

const roleNames: Readonly<Record<ActorRole, { readonly vi: string; readonly en: string }>> = {
  OFFICER: { vi: 'cán bộ của đơn vị đề nghị', en: 'an officer of the proposing unit' },
  COMMANDER: { vi: 'chỉ huy', en: 'a commander' },
  MINISTRY: { vi: 'cơ quan Bộ', en: 'the ministry' },
};

/** Gives every step that the dossier's state allows, and for each whether this viewer may take it and why not. */
export const availableActions = (
  dossier: AwardDossierRecord,
  facts: Facts,
  viewer: Viewer,
): ActionHintRecord[] =>
  actionsFrom(dossier.state)
    .filter((action) => isOffered(action, dossier, facts))
    .map((action) => {
      const obstacles = [
        ...accessObstacles(action, dossier, viewer),
        ...selfObstacles(action, dossier, viewer),
        ...ruleObstacles(action, dossier, facts),
      ];
      return { action, to: dossierMachine[action].to, allowed: obstacles.length === 0, obstacles };
    });

/** A notice is opened once and only where the form has one; a unit's head has nobody to send a dossier up to. */
export function isOffered(action: DossierAction, dossier: AwardDossierRecord, { rule }: Facts): boolean {
  if (action === 'OPEN_NOTICE') return rule?.noticeDays != null && dossier.notice === null;
  if (action === 'FORWARD') return dossier.decidedBy !== 'UNIT_HEAD';
  return true;
}

/** Gives why the viewer's role or place does not reach the step: FORBIDDEN, OUT_OF_SUBTREE. */
export function accessObstacles(
  action: DossierAction,
  dossier: Placed,
  viewer: Viewer,
): ActionObstacleRecord[] {
  const taken = dossierMachine[action];
  return [...roleObstacles(taken, dossier, viewer), ...placeObstacles(taken, dossier, viewer)];
}

/** Who decides follows the form's authority: a unit's head, or the ministry with the scope `award:decide`. */
function rolesOf({ at, roles }: DossierStep, { decidedBy }: Placed): readonly ActorRole[] {
  if (at === 'PROPOSER') return roles;
  return decidedBy === 'UNIT_HEAD' ? ['COMMANDER'] : ['MINISTRY'];
}

function roleObstacles(taken: DossierStep, dossier: Placed, viewer: Viewer): ActionObstacleRecord[] {
  const roles = rolesOf(taken, dossier);
  if (!(roles as readonly string[]).includes(viewer.role)) {
    return [
      {
        code: 'FORBIDDEN',
        message: {
          vi: `Bước này dành cho ${roles.map((role) => roleNames[role].vi).join(' hoặc ')}.`,
          en: `This step is for ${roles.map((role) => roleNames[role].en).join(' or ')}.`,
        },
      },
    ];
  }
  if (taken.at === 'PROPOSER' || viewer.role !== 'MINISTRY' || viewer.scopes.includes('award:decide'))
    return [];
  return [
    {
      code: 'FORBIDDEN',
      message: { vi: 'Cần quyền award:decide.', en: 'This step needs the scope award:decide.' },
    },
  ];
}

/** An officer acts for the own unit alone; commanders and the ministry for all that lies under theirs. */
function placeObstacles({ at }: DossierStep, dossier: Placed, viewer: Viewer): ActionObstacleRecord[] {
  const path = at === 'PROPOSER' ? dossier.proposerPath : dossier.decidingPath;
  const reached = viewer.role === 'OFFICER' ? viewer.unitPath === path : isWithin(path, viewer.unitPath);
  if (reached) return [];
  return [
    {
      code: 'OUT_OF_SUBTREE',
      message: {
        vi: 'Bước này thuộc đơn vị ngoài phạm vi quản lý của bạn.',
        en: 'This step belongs to a unit outside your subtree.',
      },
    },
  ];
}

/** Nobody decides about oneself, nor about what one has put forward oneself (DOMAIN §2.2, fairness). */
export function selfObstacles(
  action: DossierAction,
  { recipient, authors = [] }: Pick<AwardDossierRecord, 'recipient' | 'authors'>,
  { subject }: Viewer,
): ActionObstacleRecord[] {
  if (action !== 'DECIDE') return [];
  const isRecipient = recipient.kind === 'INDIVIDUAL' && recipient.ref === subject;
  if (!isRecipient && !authors.includes(subject)) return [];
  return [
    {
      code: 'SELF_DECISION',
      message: {
        vi: 'Người được đề nghị hoặc người lập hồ sơ không được quyết định.',
        en: 'Whoever is proposed, or has put the dossier forward, may not decide about it.',
      },
    },
  ];
}

/** Gives the rules that stand in the way of a step, judged as the dossier would be after it. */
export function ruleObstacles(
  action: DossierAction,
  dossier: AwardDossierRecord,
  facts: Facts,
): ActionObstacleRecord[] {
  const { needs, to } = dossierMachine[action];
  return brokenRules(needs, dossier, facts, to);
}

/** Gives those of the rules that a dossier does not meet in a state: broken, or not to be judged yet. */
export const brokenRules = (
  needs: DossierStep['needs'],
  dossier: AwardDossierRecord,
  facts: Facts,
  state: AwardDossierRecord['state'] = dossier.state,
): ActionObstacleRecord[] =>
  needs.length === 0
    ? []
    : eligibilityOf(dossier, facts, state)
        .filter(
          ({ code, outcome }) => needs.includes(code) && outcome !== 'PASSED' && outcome !== 'NOT_APPLICABLE',
        )
        .map(({ code, explanation }) => ({ code, message: explanation }));
