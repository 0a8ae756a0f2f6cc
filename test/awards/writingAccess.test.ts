import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '../../server/viewer.ts';
import { viewerOf } from './awardsDoor.ts';
import {
  at,
  broughtTo,
  certificate,
  codesOf,
  commander,
  DAY,
  decision,
  goodVote,
  ministry,
  officer,
  openWritingDoor,
  type Payload,
  person,
  province,
  stranger,
  type WritingDoor,
} from './writingDoor.ts';

let door: WritingDoor;
let draft: Payload;
let reviewed: Payload;
let voted: Payload;
let forMinister: Payload;
beforeAll(async () => {
  door = await openWritingDoor();
  draft = await broughtTo(door, 'DRAFT', certificate({ recipient: { unit: 'X00004.1' } }));
  reviewed = await broughtTo(door, 'UNIT_REVIEWED', certificate({ recipient: { unit: 'X00006.1' } }));
  voted = await broughtTo(door, 'COUNCIL_VOTED', certificate({ recipient: { unit: 'X00007.1' } }));
  forMinister = await broughtTo(
    door,
    'COUNCIL_VOTED',
    certificate({ form: 'BK_BCA', recipient: { unit: 'X00008.1' } }),
  );
});
afterAll(() => door.close());

const reason = 'Đề nghị bổ sung số liệu tháng 11.';
const elsewhere = { ...officer, unitPath: '/BCA/T01.1/H002.1/' };
const below = viewerOf('COMMANDER', '/BCA/T01.1/H001.1/X00007.1/');
const higherOfficer = { ...officer, unitPath: '/BCA/T01.1/' };

describe('who may write', () => {
  const refused: readonly (readonly [string, string, () => Payload, object, Viewer])[] = [
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'submitDossier', () => draft, {}, commander],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'submitDossier', () => draft, {}, ministry],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'submitDossier', () => draft, {}, viewerOf('ADMIN', '/BCA/')],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'submitDossier', () => draft, {}, viewerOf('PUBLIC', null)],
    ['OUT_OF_SUBTREE', 'submitDossier', () => draft, {}, elsewhere],
    ['OUT_OF_SUBTREE', 'submitDossier', () => draft, {}, higherOfficer],
    ['OUT_OF_SUBTREE', 'withdrawDossier', () => draft, {}, stranger('OFFICER')],
    ['OUT_OF_SUBTREE', 'updateDossier', () => draft, { content: certificate() }, elsewhere],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'returnDossier', () => reviewed, { reason }, officer],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'reviewDossier', () => reviewed, {}, ministry],
    ['OUT_OF_SUBTREE', 'appraiseDossier', () => reviewed, {}, stranger('COMMANDER')],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'recordConduct', () => reviewed, { checkedOn: DAY, clear: true }, officer],
    [
      'OUT_OF_SUBTREE',
      'recordConduct',
      () => reviewed,
      { checkedOn: DAY, clear: true },
      stranger('COMMANDER'),
    ],
    ['UNAUTHORIZED_FIELD_OR_TYPE', 'decideDossier', () => voted, decision(), officer],
    ['FORBIDDEN', 'decideDossier', () => voted, decision(), ministry],
    ['OUT_OF_SUBTREE', 'decideDossier', () => voted, decision(), below],
    ['FORBIDDEN', 'decideDossier', () => forMinister, decision(), province],
    [
      'UNAUTHORIZED_FIELD_OR_TYPE',
      'decideDossier',
      () => forMinister,
      decision(),
      viewerOf('MINISTRY', '/BCA/'),
    ],
    ['OUT_OF_SUBTREE', 'decideDossier', () => forMinister, decision(), stranger('MINISTRY')],
  ];
  test.each(refused)('%s: %s (%#)', async (code, mutation, payload, input, viewer) => {
    await expect(door.does(mutation, { ...at(payload()), ...input }, viewer)).rejects.toThrow(code);
  });

  test('an officer proposes for the own unit and what lies under it, and for nobody else', async () => {
    const begin = (content: object, viewer = officer) => door.does('createDossier', { content }, viewer);
    await expect(begin(certificate({ recipient: { unit: 'X00037.1' } }))).rejects.toThrow('OUT_OF_SUBTREE');
    await expect(begin(certificate({ proposer: 'H002.1' }))).rejects.toThrow('OUT_OF_SUBTREE');
    await expect(begin(certificate(), commander)).rejects.toThrow('UNAUTHORIZED_FIELD_OR_TYPE');
    const batch = { contents: [certificate(), certificate({ recipient: { unit: 'X00037.1' } })] };
    await expect(door.does('createDossiers', batch, officer)).rejects.toThrow('OUT_OF_SUBTREE');
  });
});

test('a batch is begun wholly, or not at all, and every row that is wrong is named', async () => {
  const before = (await door.rows('awards_dossiers')).length;
  const contents = Array.from({ length: 12 }, (_, index) =>
    certificate({ recipient: person(`PER-B${index}`) }),
  );
  const wrong = contents
    .with(3, certificate({ form: 'NOBODY' }))
    .with(7, certificate({ recipient: { unit: 'X9.1' } }));
  const refused = await door.does('createDossiers', { contents: wrong }, officer);
  expect(refused.userErrors.map(({ code, path }) => [code, path.join('.')])).toEqual([
    ['NOT_FOUND', 'input.contents.3.form'],
    ['NOT_FOUND', 'input.contents.7.recipient'],
  ]);
  expect(await door.rows('awards_dossiers')).toHaveLength(before);
  const { dossiers } = await door.does('createDossiers', { contents }, officer);
  expect(dossiers?.map(({ number }) => number)).toEqual(
    contents.map((_, index) => `HS-2021-${String(before + index + 1).padStart(6, '0')}`),
  );
});

describe('bad input', () => {
  const wrong: readonly (readonly [string, object, string, string])[] = [
    [
      'both a unit and a person',
      { recipient: { unit: 'X00001.1', ...person('PER-9') } },
      'INPUT_INVALID',
      'recipient',
    ],
    ['neither', { recipient: {} }, 'INPUT_INVALID', 'recipient'],
    [
      'a citizen number as reference',
      { recipient: person('001085012345') },
      'INPUT_INVALID',
      'recipient.person.ref',
    ],
    [
      'a name that is too long',
      { recipient: person('PER-9', { displayName: 'x'.repeat(201) }) },
      'INPUT_INVALID',
      'recipient.person.displayName',
    ],
    ['no achievement', { achievements: [] }, 'INPUT_INVALID', 'achievements'],
    [
      'an achievement turned round',
      { achievements: [{ key: 'K', summary: 'x', from: '2021-09-01', before: '2021-09-01' }] },
      'INPUT_INVALID',
      'achievements.0.before',
    ],
    [
      'an achievement to come',
      { achievements: [{ key: 'K', summary: 'x', from: '2022-09-01', before: '2022-09-02' }] },
      'INPUT_INVALID',
      'achievements.0.from',
    ],
    ['a day to come', { judgedOn: '2022-01-01' }, 'INPUT_INVALID', 'judgedOn'],
    ['an unknown form', { form: 'NOBODY' }, 'NOT_FOUND', 'form'],
    ['an unknown campaign', { campaign: 'NOBODY-1' }, 'NOT_FOUND', 'campaign'],
    ['an unknown unit', { proposer: 'X9.1' }, 'NOT_FOUND', 'proposer'],
    ['an unknown authority', { decidedBy: 'KING' }, 'NOT_FOUND', 'decidedBy'],
    ['an unknown paper', { papers: [{ kind: 'NOBODY' }] }, 'NOT_FOUND', 'papers.0.kind'],
    ['a deciding unit elsewhere', { decidingUnit: 'H002.1' }, 'INPUT_INVALID', 'decidingUnit'],
  ];
  test.each(wrong)('%s', async (_, change, code, path) => {
    const { dossier, userErrors } = await door.does(
      'createDossier',
      { content: certificate({ recipient: person('PER-WRONG'), ...change }) },
      officer,
    );
    expect([dossier, userErrors.map((error) => [error.code, error.path.join('.')])]).toEqual([
      null,
      [[code, `input.content.${path}`]],
    ]);
  });

  test('a campaign that nobody has published', async () => {
    const campaigns = door.connection.collection('awards_campaigns');
    await campaigns.insertOne({ _id: 'cmp_x' as never, code: 'DRAFT-1', status: 'DRAFT' });
    const payload = await door.does(
      'createDossier',
      { content: certificate({ campaign: 'DRAFT-1' }) },
      officer,
    );
    expect(codesOf(payload)).toEqual(['INPUT_INVALID']);
  });

  test('forged ids', async () => {
    const forged = { id: 'dos_forged', expectedVersion: 1 };
    expect(codesOf(await door.does('submitDossier', forged, officer))).toEqual(['NOT_FOUND']);
    const award = { ...forged, ground: 'AGAINST_LAW', decision: { number: '1' }, reason: 'x' };
    expect(codesOf(await door.does('revokeAward', award, ministry))).toEqual(['NOT_FOUND']);
  });
});

describe('personal data', () => {
  const NAME = 'Trần Thị Kín';
  test('is in the dossier and the award alone: neither audit nor outbox nor idempotency hold it, nor the certificate code', async () => {
    const content = certificate({
      recipient: person('PER-SECRET', { displayName: NAME, consented: false }),
      achievements: [
        { key: 'SECRET', summary: `${NAME} đã cứu người.`, from: '2021-08-15', before: '2021-11-16' },
      ],
    });
    const decided = await broughtTo(door, 'CONFERRED', content);
    const [award] = await door.rows('awards_awards', { _id: decided.award?.id });
    for (const collection of ['awards_audit', 'awards_outbox', 'awards_idempotency']) {
      const rows = await door.rows(collection);
      expect(rows.length).toBeGreaterThan(0);
      const text = JSON.stringify(rows);
      expect(text).not.toContain(NAME);
      expect(text).not.toContain(String(award?.verifyCode));
      expect(text).not.toContain('P:PER-SECRET');
    }
    expect(JSON.stringify(award)).toContain(NAME);
    const { data } = await door.ask(
      'query ($id: ID!) { award(id: $id) { recipient { ... on PersonRecipient { displayName ref } } } }',
      { id: decided.award?.id },
      stranger('COMMANDER'),
    );
    expect(data).toEqual({ award: { recipient: { displayName: null, ref: null } } });
  });

  test('the audit says who did what, and that the recipient was written, to the unit concerned', async () => {
    const content = certificate({ recipient: person('PER-AUDIT', { displayName: NAME }) });
    const begun = await broughtTo(door, 'SUBMITTED', content);
    const read = (viewer: Viewer) =>
      door.ask(
        'query ($id: ID!) { awardDossier(id: $id) { audit { nodes { action subject version changes { field before after } } } } }',
        { id: begun.dossier?.id },
        viewer,
      );
    const { data } = await read(commander);
    const { nodes } = (
      data as { awardDossier: { audit: { nodes: { action: string; changes: object[] }[] } } }
    ).awardDossier.audit;
    const created = nodes.find(({ action }) => action === 'createDossier');
    expect(created).toMatchObject({ subject: 'officer', version: 1 });
    expect(created?.changes).toContainEqual({ field: 'recipient', before: null, after: null });
    // An officer above has dossiers of the own unit only; a commander above has those of the subtree.
    const above = await read({ ...officer, unitPath: '/BCA/T01.1/' });
    expect([above.data, above.errors]).toEqual([{ awardDossier: null }, undefined]);
    expect((await read({ ...commander, unitPath: '/BCA/T01.1/' })).data).toEqual(data);
  });

  test('the audit says the same to an administrator, who reads no dossiers, without what was written', async () => {
    const begun = await broughtTo(door, 'DRAFT', certificate({ recipient: person('PER-ADMIN') }));
    const read = async (viewer: Viewer) => {
      const { data } = await door.ask(
        `query ($id: ID!) { awardAudit(filter: { id: $id }) {
          nodes { action subject version type changes { field before after } } } }`,
        { id: begun.dossier?.id },
        viewer,
      );
      return (data as { awardAudit: { nodes: { changes: { field: string }[] }[] } }).awardAudit.nodes;
    };
    const [entry] = await read(officer);
    expect(entry).toMatchObject({
      action: 'createDossier',
      subject: 'officer',
      version: 1,
      type: 'AwardDossier',
    });
    expect(entry?.changes).toContainEqual({ field: 'form', before: null, after: '"GK"' });
    const withoutValues = entry?.changes.map(({ field }) => ({ field, before: null, after: null }));
    expect(await read(viewerOf('ADMIN', '/BCA/'))).toEqual([{ ...entry, changes: withoutValues }]);
    expect(await read(elsewhere)).toEqual([]);
  });
});

test('the same request again is the same decision, with the same certificate', async () => {
  const ready = await broughtTo(door, 'COUNCIL_VOTED', certificate({ recipient: person('PER-TWICE') }));
  const input = { ...at(ready), ...decision(), idempotencyKey: randomUUID() };
  const first = await door.does('decideDossier', input, commander);
  expect(await door.does('decideDossier', input, commander)).toEqual(first);
  const other = await door.does('decideDossier', { ...input, unitName: 'Tên khác' }, commander);
  expect(codesOf(other)).toEqual(['IDEMPOTENCY_REUSED']);
});

test('a vote of a stale version is refused before its numbers are looked at', async () => {
  const stale = { ...at(reviewed), expectedVersion: 1, ...goodVote };
  expect(codesOf(await door.does('recordVote', stale, commander))).toEqual(['VERSION_CONFLICT']);
});
