import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  at,
  broughtTo,
  certificate,
  codesOf,
  commander,
  decision,
  ministry,
  officer,
  openWritingDoor,
  type Payload,
  person,
  type WritingDoor,
} from './writingDoor.ts';

let door: WritingDoor;
beforeAll(async () => {
  door = await openWritingDoor();
});
afterAll(() => door.close());

const times = <Item>(count: number, make: (index: number) => Promise<Item>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const done = (payloads: readonly Payload[]) => payloads.filter(({ userErrors }) => userErrors.length === 0);
const refusals = (payloads: readonly Payload[]) => [...new Set(payloads.flatMap(codesOf))].toSorted();
const copies = (unit: string) => certificate({ recipient: { unit } });

describe('many writers at once', () => {
  test('two hundred decide about one dossier: one award, and everybody else hears that somebody was faster', async () => {
    const voted = await broughtTo(door, 'COUNCIL_VOTED');
    const answers = await times(200, () =>
      door.does('decideDossier', { ...at(voted), ...decision() }, commander),
    );
    expect(done(answers)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['VERSION_CONFLICT']);
    const dossierId = voted.dossier?.id;
    expect(await door.rows('awards_awards', { dossierId })).toHaveLength(1);
    expect(await door.rows('awards_audit', { entityIds: dossierId, action: 'decideDossier' })).toHaveLength(
      1,
    );
  });

  test('two hundred hand one dossier in: it is received once', async () => {
    const draft = await broughtTo(door, 'DRAFT', copies('X00004.1'));
    const answers = await times(200, () => door.does('submitDossier', at(draft), officer));
    expect(done(answers)).toHaveLength(1);
    const [row] = await door.rows('awards_dossiers', { _id: draft.dossier?.id });
    expect(row).toMatchObject({ version: 2, history: [{ no: 1, action: 'SUBMIT' }] });
  });

  test('fifty begin the same dossier: one is begun, and the numbers have no gap', async () => {
    const answers = await times(50, () =>
      door.does('createDossier', { content: copies('X00006.1') }, officer),
    );
    expect(done(answers)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['DUPLICATE_PENDING']);
    const units = ['X00007.1', 'X00008.1', 'X00010.1', 'E00101.1'];
    await times(4, (index) => door.does('createDossier', { content: copies(units[index] ?? '') }, officer));
    const numbers = (await door.rows('awards_dossiers')).map(({ number }) => number).toSorted();
    expect(numbers).toEqual(numbers.map((_, index) => `HS-2021-${String(index + 1).padStart(6, '0')}`));
  });

  test('drafts that are rewritten into one another at once do not become twins', async () => {
    const campaign = null;
    const forms = ['GK', 'BK_BCA', 'BK_TTG', 'CO_BCA', 'DVTT', 'DVQT'];
    const drafts = await times(forms.length, (index) =>
      broughtTo(
        door,
        'DRAFT',
        certificate({ campaign, form: forms[index], recipient: { unit: 'X00010.1' } }),
      ),
    );
    const content = certificate({ campaign, form: 'TTLDXS', recipient: { unit: 'X00010.1' } });
    const answers = await times(drafts.length, (index) =>
      door.does('updateDossier', { ...at(drafts[index] as Payload), content }, officer),
    );
    expect(done(answers)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['DUPLICATE_PENDING']);
  });

  test('dossiers for one achievement under different forms, decided at once, lead to one award', async () => {
    const achievements = [
      { key: 'ONE', summary: 'Một thành tích.', from: '2021-08-15', before: '2021-11-16' },
    ];
    const voted = await times(4, (index) =>
      broughtTo(
        door,
        'COUNCIL_VOTED',
        certificate({
          form: ['GK', 'BK_BCA', 'CSTT', 'LDTT'][index],
          recipient: person('PER-ONE'),
          achievements,
        }),
      ),
    );
    const answers = await times(voted.length, (index) =>
      door.does(
        'decideDossier',
        { ...at(voted[index] as Payload), ...decision() },
        index === 1 ? ministry : commander,
      ),
    );
    expect(done(answers)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['DOUBLE_AWARD_SAME_ACHIEVEMENT']);
    expect(await door.rows('awards_awards', { recipientKey: 'P:PER-ONE' })).toHaveLength(1);
  });

  test('a quota holds for decisions made at once', async () => {
    const title = (form: string, ref: string) =>
      certificate({ form, kind: 'MERIT', campaign: null, recipient: person(ref, { unit: 'X00008.1' }) });
    // Seven of the titles that the quota of 15% is counted from leave room for one.
    for (let index = 0; index < 7; index += 1)
      await broughtTo(door, 'DECIDED', title('CSTT', `PER-BASE-${index}`));
    const voted = await times(3, (index) =>
      broughtTo(door, 'COUNCIL_VOTED', title('CSTD_CS', `PER-TOP-${index}`)),
    );
    const answers = await times(3, (index) =>
      door.does('decideDossier', { ...at(voted[index] as Payload), ...decision() }, commander),
    );
    expect(done(answers)).toHaveLength(1);
    expect(refusals(answers)).toEqual(['QUOTA_EXCEEDED']);
  });

  test('the unique indexes stand behind the checks', async () => {
    const locks = door.connection.collection<{ _id: string }>('awards_awards');
    await locks.insertOne({ _id: 'awd_a', achievementLocks: ['U:x|K', 'U:x|L'] } as never);
    await expect(locks.insertOne({ _id: 'awd_b', achievementLocks: ['U:x|L'] } as never)).rejects.toThrow(
      'E11000',
    );
    const pending = door.connection.collection<{ _id: string }>('awards_dossiers');
    await pending.insertOne({ _id: 'dos_a', number: 'a', pendingKey: 'U:x|GK|' } as never);
    await expect(
      pending.insertOne({ _id: 'dos_b', number: 'b', pendingKey: 'U:x|GK|' } as never),
    ).rejects.toThrow('E11000');
    await pending.deleteMany({ _id: { $in: ['dos_a'] } });
    await locks.deleteMany({ _id: { $in: ['awd_a'] } });
  });
});
