import type { UnitLevel } from '../../../schema/events.ts';
import type { CommandResult } from '../../records/command/runCommand.ts';

type UnitPlanChange = 'OPENED' | 'RENAMED' | 'MOVED' | 'FOLLOWED' | 'CLOSED';

/** What a command does to one unit. */
export interface UnitPlanRowRecord {
  readonly code: string;
  readonly level: UnitLevel;
  readonly change: UnitPlanChange;
  readonly pathBefore: string | null;
  readonly pathAfter: string | null;
}

/** A path under which facts were reported; other subgraphs read them again. */
export interface UnitFactsRecord {
  readonly path: string;
}

/** All that a command does to the tree; only the first rows are kept. */
export interface UnitPlanRecord {
  readonly rows: readonly UnitPlanRowRecord[];
  readonly total: number;
  readonly facts: readonly UnitFactsRecord[];
}

/** The outcome of a command on the tree; `unitId` is null after a dry run. */
export interface TreeResult {
  readonly unitId: string | null;
  readonly plan: UnitPlanRecord;
}

export type UnitPayloadRecord = CommandResult<TreeResult>;

/** The outcome of a command on a proposed merger. */
export interface MergeResult extends Partial<TreeResult> {
  readonly proposalId: string | null;
}

export type UnitMergePayloadRecord = CommandResult<MergeResult>;
