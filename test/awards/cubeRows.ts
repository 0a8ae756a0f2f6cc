import fc from 'fast-check';
import { campaign } from './awardsDoor.ts';
import type { WritingDoor } from './writingDoor.ts';

/** A unit as the rows of a test know it: where it stands today, was reported, and is seen from. */
export interface Place {
  readonly _id: string;
  readonly path: string;
}

const day = fc.integer({ min: 0, max: 900 }).map((days) => {
  const instant = Date.parse('2021-07-20') + days * 86_400_000;
  return new Date(instant).toISOString().slice(0, 10);
});
const often = (values: readonly string[]) => fc.constantFrom(...values);

/** Any row of a dossier or an award, as much of it as numbers are made from; `slot` says which row it replaces. */
const rowOf = (places: readonly Place[]) =>
  fc.record({
    slot: fc.nat(29),
    place: fc.constantFrom(...places),
    campaignId: fc.constantFrom(campaign.id, 'cmp_other', null),
    form: often(['GK', 'BK_BCA', 'CSTT']),
    recipientKind: often(['COLLECTIVE', 'INDIVIDUAL']),
    stateLevel: fc.boolean(),
    synthetic: fc.boolean(),
    status: often(['DECIDED', 'CONFERRED', 'REVOKED']),
    bonus: fc.option(fc.record({ amount: fc.nat(5) })),
    eventOn: day,
    state: often(['DRAFT', 'SUBMITTED', 'DECIDED', 'REVOKED']),
    daysToState: fc.option(fc.nat(6)),
  });

export type AnyRow = ReturnType<typeof rowOf> extends fc.Arbitrary<infer Row> ? Row : never;

/** Some rows that are written one after the other, and a period to ask about. */
export const changesAt = (places: readonly Place[]) =>
  fc.record({
    rows: fc.array(rowOf(places), { minLength: 1, maxLength: 25 }),
    days: fc.tuple(day, day).filter(([from, before]) => from < before),
  });

/** Writes rows as a command does: the award, the dossier, and an event of each. */
export async function write({ connection }: WritingDoor, rows: readonly AnyRow[]): Promise<void> {
  for (const { slot, place, status, bonus, eventOn, state, daysToState, ...fact } of rows) {
    const where = { unitId: place._id, unitPath: place.path, scopePath: place.path, pathAtEvent: place.path };
    const both = { ...fact, ...where };
    const written = [
      { type: 'Award', collection: 'awards_awards', row: { ...both, status, bonus, eventOn } },
      { type: 'AwardDossier', collection: 'awards_dossiers', row: { ...both, state, daysToState } },
    ];
    for (const { type, collection, row } of written) {
      const _id = `${type}_${slot}` as never;
      await connection
        .collection(collection)
        .replaceOne({ _id }, { ...row, number: `HS-${slot}` }, { upsert: true });
      await tell(connection, type, _id);
    }
  }
}

let told = 0;
async function tell(connection: WritingDoor['connection'], type: string, entityId: string): Promise<void> {
  told += 1;
  const event = { type, entityId, version: told, action: 'test', at: new Date(), copy: null, stream: null };
  await connection
    .collection('awards_outbox')
    .insertOne({ _id: `evt_${told}` as never, pending: true, ...event });
}
