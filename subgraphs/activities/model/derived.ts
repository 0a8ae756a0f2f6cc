import { fold } from '../../records/fold.ts';
import type { ActivityRow } from './activity.ts';
import { monthOf, weekOf } from './calendar.ts';

/** What is computed from the rest of an activity whenever it is stored. */
type DerivedField = 'month' | 'week' | 'words';
export type ActivityFacts = Omit<ActivityRow, DerivedField>;

/** Gives what is computed from the first day, the title and the code of an activity. */
export const derivedOf = ({
  startsOn,
  title,
  code,
}: Pick<ActivityFacts, 'startsOn' | 'title' | 'code'>): Pick<ActivityRow, DerivedField> => ({
  month: monthOf(startsOn),
  week: weekOf(startsOn),
  words: [...new Set(fold(`${title.vi} ${title.en ?? ''} ${code}`).split(' '))],
});

/** Gives the activity as it is stored. */
export const withDerived = (activity: ActivityFacts): ActivityRow => ({
  ...activity,
  ...derivedOf(activity),
});
