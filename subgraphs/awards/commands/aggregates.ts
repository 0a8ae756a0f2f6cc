import type { Aggregate } from '../../records/command/aggregate.ts';
import type { AwardRecord } from '../model/awards.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Models } from '../model/models.ts';

/**
 * What commands of this subgraph write, and what of it the audit shows: never who a person is, what the personnel office
 * said of them, or the code that only the certificate bears. What was achieved is free text and may name people.
 */
export const dossiers: Aggregate<Models, AwardDossierRecord> = {
  type: 'AwardDossier',
  readers: 'dossiers:read',
  model: (models) => models.dossiers,
  concealed: ['recipient', 'recipientKey', 'conduct', 'achievements'],
  derived: ['pendingKey', 'authors', 'history', 'daysToState'],
  streamed: true,
};

/** An award, as {@link dossiers}. */
export const awards: Aggregate<Models, AwardRecord> = {
  type: 'Award',
  readers: 'honoured:read',
  model: (models) => models.awards,
  concealed: ['recipient', 'recipientKey', 'verifyCode'],
  derived: ['achievementLocks'],
  streamed: true,
};
