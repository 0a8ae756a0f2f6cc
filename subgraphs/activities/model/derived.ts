import { fold } from '../../records/fold.ts';
import type { ActivityRow } from './activity.ts';
import { monthOf, weekOf } from './calendar.ts';

/** What is computed from the rest of an activity whenever it is stored. */
type DerivedField = 'month' | 'week' | 'words';
export type ActivityFacts = Omit<ActivityRow, DerivedField>;

/** Gives the activity as it is stored. */
export const withDerived = (activity: ActivityFacts): ActivityRow => ({
  ...activity,
  month: monthOf(activity.startsOn),
  week: weekOf(activity.startsOn),
  words: [...new Set(fold(`${activity.title.vi} ${activity.title.en ?? ''} ${activity.code}`).split(' '))],
});
