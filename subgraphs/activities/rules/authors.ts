import type { ActivityRow } from '../model/activity.ts';

type Authored = Pick<ActivityRow, 'authors'>;

/** Gives the subjects who planned or recorded an activity, with one more. */
export const authorsWith = ({ authors = [] }: Authored, subject: string): readonly string[] => [
  ...new Set([...authors, subject]),
];

/** Whether a subject planned or recorded the activity, and so may not verify it (DOMAIN §5.6, VERIFIER_IS_AUTHOR). */
export const isAuthor = ({ authors = [] }: Authored, subject: string): boolean => authors.includes(subject);
