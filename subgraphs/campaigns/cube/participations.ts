import type { CubeDefinition } from '../../records/cube/definition.ts';
import type { CellRow } from '../../records/cube/shelf.ts';
import type { Models } from '../model/models.ts';
import type { ParticipationRecord, ParticipationStatus } from '../model/participation.ts';

type CountedParticipation = Pick<ParticipationRecord, '_id' | 'campaignId' | 'status'>;

/** The units that take part in a campaign, by how far they have come. */
export interface ParticipationCell extends CellRow {
  readonly campaignId: string;
  /** Zeros are left out. */
  readonly units: Readonly<Partial<Record<ParticipationStatus, number>>>;
}

/** The cube of participations: one cell for each campaign. */
export const participationsCube: CubeDefinition<Models, CountedParticipation> = {
  name: 'participations',
  shape: 1,
  type: 'Participation',
  rows: (models) => models.participations as never,
  fields: { campaignId: 1, status: 1 },
  // No cell can be left behind before the last row is read: any order will do.
  path: '_id',
  count: ({ campaignId, status }, add) =>
    add(campaignId, null, () => ({ campaignId }), { units: { [status]: 1 } }),
  indexes: [[{ campaignId: 1 }]],
};
