import { appraiseDossier, forwardDossier, openNotice, reviewDossier } from '../commands/appraisal.ts';
import { confer } from '../commands/confer.ts';
import { createDossier, createDossiers } from '../commands/createDossiers.ts';
import { decideDossier } from '../commands/decideDossier.ts';
import { rejectDossier, returnDossier, withdrawDossier } from '../commands/endings.ts';
import { recordConduct } from '../commands/recordConduct.ts';
import { recordVote } from '../commands/recordVote.ts';
import { revokeAward } from '../commands/revokeAward.ts';
import { submitDossier } from '../commands/submitDossier.ts';
import { updateDossier } from '../commands/updateDossier.ts';
import type {
  AwardDecisionPayloadResolvers,
  AwardDossierPayloadResolvers,
  AwardDossiersPayloadResolvers,
  AwardPayloadResolvers,
  MutationResolvers,
} from '../types.generated.ts';

export const Mutation: MutationResolvers = {
  createDossier: (_, { input }, { command }) => command(createDossier, input),
  createDossiers: (_, { input }, { command }) => command(createDossiers, input),
  updateDossier: (_, { input }, { command }) => command(updateDossier, input),
  submitDossier: (_, { input }, { command }) => command(submitDossier, input),
  reviewDossier: (_, { input }, { command }) => command(reviewDossier, input),
  recordConduct: (_, { input }, { command }) => command(recordConduct, input),
  appraiseDossier: (_, { input }, { command }) => command(appraiseDossier, input),
  recordVote: (_, { input }, { command }) => command(recordVote, input),
  openNotice: (_, { input }, { command }) => command(openNotice, input),
  forwardDossier: (_, { input }, { command }) => command(forwardDossier, input),
  decideDossier: (_, { input }, { command }) => command(decideDossier, input),
  confer: (_, { input }, { command }) => command(confer, input),
  returnDossier: (_, { input }, { command }) => command(returnDossier, input),
  rejectDossier: (_, { input }, { command }) => command(rejectDossier, input),
  withdrawDossier: (_, { input }, { command }) => command(withdrawDossier, input),
  revokeAward: (_, { input }, { command }) => command(revokeAward, input),
};

export const AwardDossierPayload: AwardDossierPayloadResolvers = {
  dossier: ({ result }, _, { dossiers }) => (result ? dossiers.byId(result.id) : null),
};

export const AwardDossiersPayload: AwardDossiersPayloadResolvers = {
  dossiers: ({ result }, _, { dossiers }) => (result ? Promise.all(result.ids.map(dossiers.byId)) : null),
};

export const AwardDecisionPayload: AwardDecisionPayloadResolvers = {
  dossier: ({ result }, _, { dossiers }) => (result ? dossiers.byId(result.id) : null),
  award: ({ result }, _, { awards }) => (result ? awards.byId(result.awardId) : null),
  verifyCode: ({ result }, _, { awards }) => (result ? awards.certificateCode(result.awardId) : null),
};

export const AwardPayload: AwardPayloadResolvers = {
  award: ({ result }, _, { awards }) => (result ? awards.byId(result.id) : null),
};
