import DataLoader from 'dataloader';
import type { ReadableCube } from '../../records/cube/cubes.ts';
import { perKey } from '../../records/perKey.ts';
import { readRows } from '../../records/read.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { ParticipationCell } from '../cube/participations.ts';
import type { Models } from '../model/models.ts';
import { type ParticipationStatus, participationStatuses } from '../model/participation.ts';

interface Counted {
  readonly status: ParticipationStatus;
  readonly units: number;
}

type Units = ParticipationCell['units'];

/** Makes the loader of how many units take part in a campaign, by status: by the cube where it stands, else counted. */
export const participationCounts = (
  { models, signal }: RequestScope<Models>,
  cube: () => Promise<ReadableCube | null>,
): DataLoader<string, Counted[]> =>
  new DataLoader(async (campaignIds) => {
    const open = await cube();
    const counts = open
      ? await inCells(open, signal, campaignIds)
      : await inParticipations(models, signal, campaignIds);
    return campaignIds.map((id) =>
      participationStatuses.map((status) => ({ status, units: counts.get(id)?.[status] ?? 0 })),
    );
  });

async function inCells(
  { cells }: ReadableCube,
  signal: AbortSignal | undefined,
  campaignIds: readonly string[],
): Promise<Map<string, Units>> {
  const filter = { campaignId: { $in: campaignIds } };
  const found = await readRows<ParticipationCell>({ model: cells, filter, signal });
  return new Map(found.map(({ campaignId, units }) => [campaignId, units]));
}

async function inParticipations(
  { participations }: Models,
  signal: AbortSignal | undefined,
  campaignIds: readonly string[],
): Promise<Map<string, Units>> {
  const found = await perKey<{ _id: ParticipationStatus; units: number }>({
    model: participations,
    foreignField: 'campaignId',
    keys: campaignIds.map((key) => ({ key })),
    pipeline: [{ $group: { _id: '$status', units: { $sum: 1 } } }],
    signal,
  });
  return new Map(
    [...found].map(([id, rows]) => [
      id,
      Object.fromEntries(rows.map(({ _id, units }) => [_id, units])) as Units,
    ]),
  );
}
