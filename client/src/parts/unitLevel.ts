import type { UnitLevel } from '../graph/operations.generated.ts';
import { defineMessages } from '../language/messages.ts';

/** What the levels of units are called. */
export const unitLevelMessages = defineMessages<Readonly<Record<UnitLevel, string>>>(
  {
    MINISTRY: 'Bộ',
    DEPARTMENT: 'Đơn vị trực thuộc Bộ',
    PROVINCE: 'Cấp tỉnh',
    DIVISION: 'Cấp phòng',
    DISTRICT: 'Cấp huyện',
    TEAM: 'Cấp đội',
    COMMUNE: 'Cấp xã',
  },
  {
    MINISTRY: 'Ministry',
    DEPARTMENT: 'Department',
    PROVINCE: 'Province',
    DIVISION: 'Division',
    DISTRICT: 'District',
    TEAM: 'Team',
    COMMUNE: 'Commune',
  },
);
