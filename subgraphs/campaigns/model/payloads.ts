import type { CommandResult } from '../../records/command/runCommand.ts';

/** The answers of commands, as the resolvers of payloads find them: the id of what was written. */
export type CampaignPayloadRecord = CommandResult<{ readonly id: string }>;
export type ArticlePayloadRecord = CommandResult<{ readonly id: string }>;
export type IndicatorTargetPayloadRecord = CommandResult<{ readonly id: string }>;
export type RemoveIndicatorTargetPayloadRecord = CommandResult<{
  readonly id: string;
  readonly indicatorId: string;
}>;
export type ParticipationPayloadRecord = CommandResult<{ readonly id: string }>;
export type ReportPayloadRecord = CommandResult<{ readonly id: string }>;
export type LockReportsPayloadRecord = CommandResult<{ readonly ids: readonly string[] }>;
export type ClusterPayloadRecord = CommandResult<{ readonly id: string }>;
export type PeerScorePayloadRecord = CommandResult<{ readonly id: string }>;
