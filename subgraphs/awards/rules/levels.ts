import type { UnitLevel } from '../../../schema/events.ts';

/** Departments stand beside provinces, divisions beside districts, teams beside communes; 0 is the highest. */
const ranks: Readonly<Record<UnitLevel, number>> = {
  MINISTRY: 0,
  DEPARTMENT: 1,
  PROVINCE: 1,
  DIVISION: 2,
  DISTRICT: 2,
  TEAM: 3,
  COMMUNE: 3,
};

/** What people call the levels, inside a sentence. */
export const levelNames: Readonly<Record<UnitLevel, { readonly vi: string; readonly en: string }>> = {
  MINISTRY: { vi: 'Bộ', en: 'ministry' },
  DEPARTMENT: { vi: 'cục, đơn vị trực thuộc Bộ', en: 'department' },
  PROVINCE: { vi: 'tỉnh', en: 'province' },
  DIVISION: { vi: 'phòng', en: 'division' },
  DISTRICT: { vi: 'huyện', en: 'district' },
  TEAM: { vi: 'đội', en: 'team' },
  COMMUNE: { vi: 'xã', en: 'commune' },
};

/** Whether a unit's level is at least another one. */
export const isAtLeast = (level: UnitLevel, least: UnitLevel): boolean => ranks[level] <= ranks[least];
