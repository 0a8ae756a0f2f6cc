import { monthOf, weekOf } from '../../records/calendar.ts';
import { fold } from '../../records/fold.ts';
import type { ActivityRow } from './activity.ts';

/** What is computed from the rest of an activity whenever it is stored. */
type DerivedField = 'month' | 'week' | 'unitMonth' | 'words';
export type ActivityFacts = Omit<ActivityRow, DerivedField>;

/** Gives what is computed from the first day, the unit, the title and the code of an activity. */
export const derivedOf = ({
  startsOn,
  unitCode,
  title,
  code,
}: Pick<ActivityFacts, 'startsOn' | 'unitCode' | 'title' | 'code'>): Pick<ActivityRow, DerivedField> => ({
  month: monthOf(startsOn),
  week: weekOf(startsOn),
  unitMonth: unitMonthOf(monthOf(startsOn), unitCode),
  words: [...new Set(fold(`${title.vi} ${title.en ?? ''} ${code}`).split(' '))],
});

/** Gives the key by which the rows of one unit in one month lie together, month by month; '' stands before all units. */
export const unitMonthOf = (month: string, unitCode: string): string => `${month} ${unitCode}`;

/** Gives the activity as it is stored. */
export const withDerived = (activity: ActivityFacts): ActivityRow => ({
  ...activity,
  ...derivedOf(activity),
});
