import type { CommandResult } from '../../records/command/runCommand.ts';
import type { Localized } from '../../records/localized.ts';
import type { ActivityAction } from '../types.generated.ts';
import type { ActivityStatus } from './activity.ts';

/** What a command on an activity, or on a house, gives: the id of the record. */
export type ActivityPayloadRecord = CommandResult<{ readonly id: string }>;
export type HousePayloadRecord = CommandResult<{ readonly id: string }>;

/** Why a step is not open to a viewer. */
export interface ActivityActionObstacleRecord {
  readonly code: string;
  readonly message: Localized;
}

/** One step that an activity's status allows. */
export interface ActivityActionHintRecord {
  readonly action: ActivityAction;
  readonly to: ActivityStatus;
  readonly allowed: boolean;
  readonly obstacles: readonly ActivityActionObstacleRecord[];
}
