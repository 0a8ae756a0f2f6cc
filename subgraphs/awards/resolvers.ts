import {
  Award,
  AwardBonus,
  AwardFormCount,
  AwardFunnelRow,
  AwardSummary,
  AwardVerification,
  PersonRecipient,
  Revocation,
  UnitRecipient,
} from './resolvers/award.ts';
import {
  AwardForm,
  BaseSalary,
  DecidingAuthority,
  FormRule,
  LegalRegime,
  PaperKind,
} from './resolvers/catalogue.ts';
import { Achievement, AwardDossier, Paper, Transition, VoteTally } from './resolvers/dossier.ts';
import { Campaign, SupportActivity, Unit, UnitFacts } from './resolvers/foreign.ts';
import {
  AwardDecisionPayload,
  AwardDossierPayload,
  AwardDossiersPayload,
  AwardPayload,
  Mutation,
} from './resolvers/Mutation.ts';
import { Query } from './resolvers/Query.ts';
import type { Resolvers } from './types.generated.ts';

/** Field → loader; a field that equals its record field has no resolver. */
export const resolvers: Resolvers = {
  Query,
  Mutation,
  AwardDecisionPayload,
  AwardDossierPayload,
  AwardDossiersPayload,
  AwardPayload,
  Unit,
  UnitFacts,
  Campaign,
  SupportActivity,
  Award,
  AwardBonus,
  AwardDossier,
  AwardForm,
  AwardFormCount,
  AwardFunnelRow,
  AwardSummary,
  AwardVerification,
  Achievement,
  BaseSalary,
  DecidingAuthority,
  FormRule,
  LegalRegime,
  Paper,
  PaperKind,
  PersonRecipient,
  Revocation,
  Transition,
  UnitRecipient,
  VoteTally,
};
