import { entityNotFound } from '../../../server/errors.ts';
import { periodOf } from '../../records/periodInput.ts';
import { placeSeen, seenRecipient } from '../rules/visibility.ts';
import { percentOf } from '../rules/voteRules.ts';
import type {
  AchievementResolvers,
  AwardDossierResolvers,
  PaperResolvers,
  TransitionResolvers,
  VoteTallyResolvers,
} from '../types.generated.ts';

const unit = (id: string) => ({ __typename: 'Unit' as const, id });

export const AwardDossier: AwardDossierResolvers = {
  __resolveReference: async ({ id }, { dossiers }) =>
    (await dossiers.byId(id)) ?? (entityNotFound('AwardDossier', id) as never),
  id: ({ _id }) => _id,
  form: ({ form }, _, { catalogue }) => catalogue.form(form),
  law: ({ regime }, _, { catalogue }) => catalogue.regime(regime),
  rule: (dossier, _, { judgements }) => judgements.rule(dossier),
  campaign: ({ campaignId }) => (campaignId === null ? null : { __typename: 'Campaign', id: campaignId }),
  proposer: ({ proposerId }) => unit(proposerId),
  decidedBy: ({ decidedBy }, _, { catalogue }) => catalogue.term('AUTHORITY', decidedBy),
  decidingUnit: ({ decidingUnitId }) => (decidingUnitId === null ? null : unit(decidingUnitId)),
  recipient: (dossier, _, { viewer }) =>
    seenRecipient(viewer, dossier, dossier.state === 'DECIDED' || dossier.state === 'CONFERRED'),
  history: (dossier, args, { dossiers }) => dossiers.steps(dossier, args),
  eligibility: (dossier, _, { judgements }) => judgements.eligibility(dossier),
  availableActions: (dossier, _, { judgements }) => judgements.actions(dossier),
  award: ({ awardId }, _, { awards }) => (awardId === null ? null : awards.byId(awardId)),
  audit: (dossier, args, { audit, viewer }) =>
    audit(args, { _id: dossier._id, scopePath: placeSeen(viewer, dossier) }),
};

export const Achievement: AchievementResolvers = {
  period: ({ from, before }, _, { today }) => periodOf({ from, before }, { today }),
  supportActivities: ({ activityIds }) => activityIds.map((id) => ({ __typename: 'SupportActivity', id })),
};

export const Paper: PaperResolvers = {
  kind: ({ kind }, _, { catalogue }) => catalogue.term('PAPER', kind),
};

export const Transition: TransitionResolvers = {
  unit: ({ unitId }) => unit(unitId),
};

export const VoteTally: VoteTallyResolvers = {
  presentPercent: ({ present, members }) => percentOf(present, members),
  inFavourPercent: ({ inFavour, members }) => percentOf(inFavour, members),
};
