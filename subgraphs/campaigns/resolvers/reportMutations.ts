import {
  launchParticipation,
  summariseParticipation,
  updateParticipation,
  withdrawParticipation,
} from '../commands/changeParticipation.ts';
import { acceptReport, reopenReport, returnReport } from '../commands/decideReport.ts';
import { lockReports } from '../commands/lockReports.ts';
import { registerParticipation } from '../commands/registerParticipation.ts';
import { saveReport } from '../commands/saveReport.ts';
import { submitReport } from '../commands/submitReport.ts';
import type {
  LockReportsPayloadResolvers,
  MutationResolvers,
  ParticipationPayloadResolvers,
  ReportPayloadResolvers,
} from '../types.generated.ts';

export const reportMutations: MutationResolvers = {
  registerParticipation: (_, { input }, { command }) => command(registerParticipation, input),
  updateParticipation: (_, { input }, { command }) => command(updateParticipation, input),
  launchParticipation: (_, { input }, { command }) => command(launchParticipation, input),
  summariseParticipation: (_, { input }, { command }) => command(summariseParticipation, input),
  withdrawParticipation: (_, { input }, { command }) => command(withdrawParticipation, input),
  saveReport: (_, { input }, { command }) => command(saveReport, input),
  submitReport: (_, { input }, { command }) => command(submitReport, input),
  acceptReport: (_, { input }, { command }) => command(acceptReport, input),
  returnReport: (_, { input }, { command }) => command(returnReport, input),
  reopenReport: (_, { input }, { command }) => command(reopenReport, input),
  lockReports: (_, { input }, { command }) => command(lockReports, input),
};

export const ParticipationPayload: ParticipationPayloadResolvers = {
  participation: ({ result }, _, { participations }) => (result ? participations.byId.load(result.id) : null),
};

export const ReportPayload: ReportPayloadResolvers = {
  report: ({ result }, _, { reports }) => (result ? reports.byId.load(result.id) : null),
};

export const LockReportsPayload: LockReportsPayloadResolvers = {
  reports: ({ result }, _, { reports }) =>
    result ? Promise.all(result.ids.map((id) => reports.byId.load(id))) : null,
};
