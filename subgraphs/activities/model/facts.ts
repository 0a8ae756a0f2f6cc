import type { UnitLevel } from '../../../schema/events.ts';

/**
 * Where a fact stands. `pathAtEvent` is never rewritten; `unitPath` is the last path of its unit, for sums on a unit;
 * `scopePath` is the path of the living primary FULL successor, for who may see the row (HOUSE, Decisions).
 */
export interface Fact {
  readonly campaignId: string;
  readonly campaignCode: string;
  readonly unitId: string;
  readonly unitCode: string;
  readonly pathAtEvent: string;
  readonly levelAtEvent: UnitLevel;
  readonly provinceAtEvent: string | null;
  readonly regionAtEvent: string | null;
  readonly unitPath: string;
  readonly scopePath: string;
}

/** A commune on a dated list of administrative areas. */
export interface AreaKey {
  readonly code: string;
  readonly listDate: string;
}

/** What every stored aggregate knows of its own life. */
export interface Trail {
  readonly synthetic: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

const text = { type: String, required: true } as const;
const maybe = { type: String, default: null } as const;

/** The mongoose fields of a {@link Fact}. */
export const factFields = {
  campaignId: text,
  campaignCode: text,
  unitId: text,
  unitCode: text,
  pathAtEvent: text,
  levelAtEvent: text,
  provinceAtEvent: maybe,
  regionAtEvent: maybe,
  unitPath: text,
  scopePath: text,
} as const;

/** The mongoose fields of a {@link Trail}. */
export const trailFields = {
  synthetic: { type: Boolean, required: true },
  createdAt: { type: Date, required: true },
  updatedAt: { type: Date, required: true },
  version: { type: Number, required: true },
} as const;

/** Fields that every schema here shares: the id is ours, indexes are built by `migrate`. */
export const schemaOptions = { autoIndex: false, versionKey: false } as const;
