import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import {
  at,
  broughtTo,
  certificate,
  codesOf,
  commander,
  DAY,
  decision,
  goodVote,
  officer,
  openWritingDoor,
  type Payload,
  type WritingDoor,
} from './writingDoor.ts';

let door: WritingDoor;
let open: Payload;
let ended: Payload;
beforeAll(async () => {
  door = await openWritingDoor();
  open = await broughtTo(door, 'COUNCIL_VOTED');
  ended = await broughtTo(door, 'DECIDED', certificate({ recipient: { unit: 'X00004.1' } }));
});
afterAll(() => door.close());

const reason = 'Đề nghị bổ sung số liệu tháng 11.';
const mutations: Readonly<Record<string, readonly [input: object, viewer: Viewer]>> = {
  updateDossier: [{ content: certificate() }, officer],
  submitDossier: [{}, officer],
  reviewDossier: [{}, commander],
  recordConduct: [{ checkedOn: DAY, clear: true }, commander],
  appraiseDossier: [{}, commander],
  recordVote: [goodVote, commander],
  openNotice: [{}, commander],
  forwardDossier: [{}, commander],
  decideDossier: [decision(), commander],
  confer: [{ conferredOn: DAY }, commander],
  returnDossier: [{ reason }, commander],
  rejectDossier: [{ reason }, commander],
  withdrawDossier: [{}, officer],
};

const after = ['updateDossier', 'submitDossier', 'withdrawDossier'];
const table: Readonly<Record<string, readonly string[]>> = {
  DRAFT: after,
  RETURNED: after,
  SUBMITTED: ['reviewDossier', 'recordConduct', 'returnDossier', 'withdrawDossier'],
  UNIT_REVIEWED: ['recordConduct', 'appraiseDossier', 'returnDossier', 'rejectDossier'],
  APPRAISED: ['recordConduct', 'recordVote', 'returnDossier', 'rejectDossier'],
  COUNCIL_VOTED: [
    'recordConduct',
    'openNotice',
    'forwardDossier',
    'decideDossier',
    'returnDossier',
    'rejectDossier',
  ],
  PUBLIC_NOTICE: ['recordConduct', 'forwardDossier', 'decideDossier', 'returnDossier', 'rejectDossier'],
  FORWARDED: ['recordConduct', 'appraiseDossier', 'decideDossier', 'returnDossier', 'rejectDossier'],
  DECIDED: ['confer'],
  CONFERRED: [],
  REJECTED: [],
  WITHDRAWN: [],
  REVOKED: [],
};

/** A unit's head sends nothing up and has no public notice: these steps are open in the state, and not to this form. */
const notForThisForm = ['openNotice', 'forwardDossier'];

test.each(Object.entries(table))(
  'in the state %s every mutation is done or refused as the table says',
  async (state, allowed) => {
    const dossier = state === 'DECIDED' ? ended : open;
    const { id } = at(dossier);
    const rows = door.connection.collection<{ _id: string }>('awards_dossiers');
    const stored = await rows.findOne({ _id: id });
    for (const [mutation, [input, viewer]] of Object.entries(mutations)) {
      await rows.replaceOne({ _id: id }, { ...stored, state, version: 7 } as never);
      const awards = door.connection.collection('awards_awards');
      const payload = await door.does(mutation, { id, expectedVersion: 7, ...input }, viewer);
      const codes = codesOf(payload);
      if (!allowed.includes(mutation)) expect([mutation, ...codes]).toEqual([mutation, 'INVALID_STATE']);
      else if (notForThisForm.includes(mutation))
        expect([mutation, ...codes]).toEqual([mutation, 'INPUT_INVALID']);
      else expect([mutation, ...codes, payload.dossier?.version]).toEqual([mutation, 8]);
      // Every attempt begins where the first one began.
      if (dossier === open) await awards.deleteMany({ dossierId: id as never });
    }
    await rows.replaceOne({ _id: id }, stored as never);
  },
);

test.each([
  ['DECIDED', []],
  ['CONFERRED', []],
  ['REVOKED', ['ALREADY_REVOKED']],
] as const)('an award that is %s is revoked or refused: %j', async (status, codes) => {
  const id = ended.award?.id ?? '';
  const input = {
    id,
    ground: 'AGAINST_LAW',
    decision: { number: '2/QĐ-CA' },
    reason: 'Thẩm định trái quy định.',
  };
  const rows = door.connection.collection<{ _id: string }>('awards_awards');
  const dossiers = door.connection.collection<{ _id: string }>('awards_dossiers');
  const [stored, dossier] = await Promise.all([
    rows.findOne({ _id: id }),
    dossiers.findOne({ _id: at(ended).id }),
  ]);
  const revocation = status === 'REVOKED' ? { revokedOn: DAY, ground: 'AGAINST_LAW', decision: null } : null;
  await rows.updateOne({ _id: id }, { $set: { status, revocation } });
  await dossiers.updateOne({ _id: at(ended).id }, { $set: { state: status } });
  const payload = await door.does(
    'revokeAward',
    { ...input, expectedVersion: Number((stored as { version?: number } | null)?.version) },
    commander,
  );
  expect(codesOf(payload)).toEqual(codes);
  await rows.replaceOne({ _id: id }, stored as never);
  await dossiers.replaceOne({ _id: at(ended).id }, dossier as never);
});
