export type { AdminAreaRecord, RegionRecord } from './model/area.ts';
export type { UnitEventRecord, UnitLinkRecord } from './model/event.ts';
export type { UnitsRows } from './model/models.ts';
export type { UnitNameRecord, UnitRow } from './model/unit.ts';
export type { UnitVersionRow } from './model/version.ts';
