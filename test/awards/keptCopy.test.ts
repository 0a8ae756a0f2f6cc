import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Work } from '../../subgraphs/work.ts';
import { type AskChanges, type Change, numbered, startAlone } from '../harness/keptCopy.ts';
import { viewerOf } from './awardsDoor.ts';
import { broughtTo, certificate, commander, DAY, openWritingDoor, type WritingDoor } from './writingDoor.ts';

let door: WritingDoor;
let work: Work;
beforeAll(async () => {
  door = await openWritingDoor();
  work = startAlone(door.door);
});
afterAll(async () => {
  await work.stop();
  await door.close();
});

const changes: AskChanges = async (args) => {
  await numbered(door.connection, 'awards');
  const { data, errors } = await door.ask(
    `query ($after: String, $first: Int!, $since: DateTime) {
      awardChanges(after: $after, first: $first, since: $since) {
        nodes { kind id node { status revocation { revokedOn } } } endCursor caughtUp } }`,
    args,
    viewerOf('PARTNER', null),
  );
  expect(errors).toBeUndefined();
  return (data as { awardChanges: Awaited<ReturnType<AskChanges>> }).awardChanges;
};

test('a partner is told of an award when it is decided, conferred and revoked, at its latest place only', async () => {
  const told = async (): Promise<readonly Change[]> => (await changes({ after: null, first: 100 })).nodes;
  const decided = await broughtTo(door, 'DECIDED', certificate());
  const id = decided.award?.id;
  expect(await told()).toEqual([{ kind: 'UPSERT', id, node: { status: 'DECIDED', revocation: null } }]);
  const conferred = await door.does(
    'confer',
    { id: decided.dossier?.id, expectedVersion: decided.dossier?.version, conferredOn: DAY },
    commander,
  );
  expect(await told()).toEqual([{ kind: 'UPSERT', id, node: { status: 'CONFERRED', revocation: null } }]);
  const revoked = await door.does(
    'revokeAward',
    {
      ...{ id, expectedVersion: conferred.award?.version, ground: 'FALSE_DECLARATION', recovered: true },
      decision: { number: '9/QĐ-CA', date: DAY },
      reason: 'Kết luận thanh tra: kê khai không đúng.',
    },
    commander,
  );
  expect(revoked.userErrors).toEqual([]);
  expect(await told()).toEqual([
    { kind: 'TOMBSTONE', id, node: { status: 'REVOKED', revocation: { revokedOn: DAY } } },
  ]);
});
