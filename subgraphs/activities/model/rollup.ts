import type { Localized } from '../../records/localized.ts';
import type { NamedPeriod } from '../../records/periodInput.ts';
import type { MetricValue, RollupDimension } from '../types.generated.ts';

/** A key of a row; `day` is the day on which a province's code is looked up. */
export interface RollupKeyRecord {
  readonly dimension: RollupDimension;
  readonly code: string;
  readonly label: Localized | null;
  readonly period: NamedPeriod | null;
  readonly day: string;
}

export interface RollupRowRecord {
  readonly keys: readonly RollupKeyRecord[];
  readonly values: readonly MetricValue[];
}

/** A rollup as computed; `version` is the cube's, null when the activities were read: then it is read where it is asked for. */
export interface SupportRollupRecord {
  readonly rows: readonly RollupRowRecord[];
  readonly totals: readonly MetricValue[];
  readonly unallocated: readonly MetricValue[];
  readonly rowsMayOverlap: boolean;
  readonly period: NamedPeriod;
  readonly version: string | null;
  readonly computedAt: Date;
  readonly lagSeconds: number;
  readonly synthetic: boolean;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}
