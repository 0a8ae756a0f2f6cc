import type { VoteTallyRecord } from '../model/dossiers.ts';

/** Whether the numbers of a vote can all be true: nobody votes twice, and everybody present votes in favour, against or blank. */
export const addsUp = ({
  members,
  present,
  inFavour,
  against,
  blank,
}: Omit<VoteTallyRecord, 'heldOn' | 'secret'>) =>
  members > 0 && present <= members && inFavour + against + blank === present;
