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

/** Whether a unit's level is at least another one. */
export const isAtLeast = (level: UnitLevel, least: UnitLevel): boolean => ranks[level] <= ranks[least];
