import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  achievementKey,
  at,
  broughtTo,
  certificate,
  codesOf,
  commander,
  DAY,
  decision,
  entryPapers,
  goodVote,
  ministry,
  officer,
  openWritingDoor,
  type Payload,
  person,
  province,
  type WritingDoor,
} from './writingDoor.ts';

let door: WritingDoor;
beforeAll(async () => {
  door = await openWritingDoor();
});
afterAll(() => door.close());

const begin = (content: object) => door.does('createDossier', { content }, officer);
const told = ({ userErrors }: Payload) => userErrors.map(({ code, path }) => [code, path.join('.')]);

let persons = 0;
/** A certificate for somebody who has none yet. */
const forPerson = (change: object = {}) => {
  persons += 1;
  return certificate({ recipient: person(`PER-${persons}`), ...change });
};

describe('what no dossier may be against, not even as a draft', () => {
  test('FORM_NOT_FOR_RECIPIENT: a flag is for units', async () => {
    expect(told(await begin(forPerson({ form: 'CO_BCA' })))).toEqual([
      ['FORM_NOT_FOR_RECIPIENT', 'input.content'],
    ]);
  });

  test('FORM_NOT_IN_REGIME: a form that the law of the day does not know', async () => {
    const rules = door.connection.collection('awards_rules');
    const kept = await rules.find({ form: 'TTLDTT' }).toArray();
    await rules.deleteMany({ form: 'TTLDTT' });
    const refused = await begin(certificate({ form: 'TTLDTT', recipient: { unit: 'X00004.1' } }));
    await rules.insertMany(kept);
    expect(refused.userErrors).toEqual([
      {
        code: 'FORM_NOT_IN_REGIME',
        severity: 'ERROR',
        path: ['input', 'content', 'form'],
        message: 'Hình thức không có trong luật của ngày tiếp nhận. Hình thức không có trong Luật 2003.',
      },
    ]);
  });

  test('AUTHORITY_TOO_LOW: a unit head for what the Minister decides, and a commune for what a district decides', async () => {
    expect(codesOf(await begin(forPerson({ form: 'BK_BCA', decidedBy: 'UNIT_HEAD' })))).toEqual([
      'AUTHORITY_TOO_LOW',
    ]);
    const commune = { ...officer, unitPath: '/BCA/T01.1/H001.1/X00001.1/' };
    const asked = forPerson({ decidingUnit: 'X00001.1' });
    expect(codesOf(await door.does('createDossier', { content: asked }, commune))).toEqual([
      'AUTHORITY_TOO_LOW',
    ]);
  });

  test('DUPLICATE_PENDING: a second open dossier; the first does not count against itself, and is free when taken back', async () => {
    const content = forPerson();
    const first = await begin(content);
    expect(codesOf(await begin({ ...content, achievements: forPerson().achievements }))).toEqual([
      'DUPLICATE_PENDING',
    ]);
    expect(codesOf(await door.does('updateDossier', { ...at(first), content }, officer))).toEqual([]);
    const { id } = at(first);
    await door.does('withdrawDossier', { id, expectedVersion: 2 }, officer);
    expect(codesOf(await begin(content))).toEqual([]);
  });

  test('DUPLICATE_IN_PAYLOAD: a row, an achievement or a paper that stands twice; nothing is written, and the row is named', async () => {
    const before = (await door.rows('awards_dossiers')).length;
    const [one, two] = [forPerson(), forPerson()];
    const batch = await door.does('createDossiers', { contents: [one, two, one] }, officer);
    expect(told(batch)).toEqual([['DUPLICATE_IN_PAYLOAD', 'input.contents.2']]);
    const [achievement] = one.achievements;
    const twice = { achievements: [achievement, achievement], papers: [...entryPapers, entryPapers[0]] };
    expect(told(await begin(forPerson(twice)))).toEqual([
      ['DUPLICATE_IN_PAYLOAD', 'input.content.achievements.1'],
      ['DUPLICATE_IN_PAYLOAD', 'input.content.papers.2'],
    ]);
    expect(await door.rows('awards_dossiers')).toHaveLength(before);
  });
});

describe('what a step needs', () => {
  test('PAPER_MISSING: names the papers and the confirmations that are not there', async () => {
    const papers = [{ kind: 'BAO_CAO_THANH_TICH', confirmations: ['DIRECT_SUPERIOR'] }];
    const draft = await begin(forPerson({ papers }));
    const refused = await door.does('submitDossier', at(draft), officer);
    expect(refused.userErrors[0]).toMatchObject({ code: 'PAPER_MISSING', path: ['input', 'papers'] });
    expect(refused.userErrors[0]?.message).toContain('Tờ trình');
    const half = { papers: [{ kind: 'TO_TRINH' }] };
    expect(codesOf(await door.does('submitDossier', { ...at(draft), ...half }, officer))).toEqual([
      'PAPER_MISSING',
    ]);
  });

  test('UNDER_DISCIPLINE: while the personnel office was not asked, and when it says so', async () => {
    const voted = await broughtTo(door, 'COUNCIL_VOTED', forPerson());
    const blamed = await door.does(
      'recordConduct',
      { ...at(voted), checkedOn: DAY, clear: false },
      commander,
    );
    expect(codesOf(await door.does('decideDossier', { ...at(blamed), ...decision() }, commander))).toEqual([
      'UNDER_DISCIPLINE',
    ]);
  });

  test('DOUBLE_AWARD_SAME_ACHIEVEMENT: from the appraisal on, while the other award stands', async () => {
    const content = forPerson();
    const first = await broughtTo(door, 'DECIDED', content);
    const again = { ...content, form: 'LDTT' };
    const reviewed = await broughtTo(door, 'UNIT_REVIEWED', again);
    const asked = await door.does(
      'recordConduct',
      { ...at(reviewed), checkedOn: DAY, clear: true },
      commander,
    );
    expect(codesOf(await door.does('appraiseDossier', at(asked), commander))).toEqual([
      'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    ]);
    const revocation = {
      id: first.award?.id,
      expectedVersion: 1,
      ground: 'FALSE_PAPERS',
      decision: { number: '3/QĐ-CA' },
      reason: 'Hồ sơ giả.',
    };
    await door.does('revokeAward', revocation, commander);
    expect(codesOf(await door.does('appraiseDossier', at(asked), commander))).toEqual([]);
  });

  test('STATE_LEVEL_TWICE_IN_YEAR: not for a sudden deed', async () => {
    const recipient = person('PER-STATE');
    const state = (change: object) => forPerson({ form: 'BK_TTG', recipient, ...change });
    const award = await broughtTo(door, 'DECIDED', forPerson({ recipient }));
    const rows = door.connection.collection<{ _id: string }>('awards_awards');
    await rows.updateOne({ _id: award.award?.id ?? '' }, { $set: { stateLevel: true } });
    const appraised = async (content: object) => {
      const reviewed = await broughtTo(door, 'UNIT_REVIEWED', content);
      const asked = await door.does(
        'recordConduct',
        { ...at(reviewed), checkedOn: DAY, clear: true },
        commander,
      );
      return door.does('appraiseDossier', at(asked), commander);
    };
    expect(codesOf(await appraised(state({})))).toEqual(['STATE_LEVEL_TWICE_IN_YEAR']);
    expect(codesOf(await appraised(state({ kind: 'SUDDEN', form: 'HC_DUNGCAM' })))).toEqual([]);
  });

  test('QUOTA_EXCEEDED: a title whose base is not there yet', async () => {
    const content = forPerson({
      form: 'CSTD_CS',
      kind: 'MERIT',
      recipient: person('PER-Q', { unit: 'X00010.1' }),
    });
    const voted = await broughtTo(door, 'COUNCIL_VOTED', content);
    expect(codesOf(await door.does('decideDossier', { ...at(voted), ...decision() }, commander))).toEqual([
      'QUOTA_EXCEEDED',
    ]);
  });

  test('QUORUM_NOT_MET: what a council does without a quorum is no vote', async () => {
    const appraised = await broughtTo(door, 'APPRAISED', forPerson());
    const vote = { ...goodVote, present: 6, inFavour: 6 };
    expect(told(await door.does('recordVote', { ...at(appraised), ...vote }, commander))).toContainEqual([
      'QUORUM_NOT_MET',
      'input.present',
    ]);
  });

  test('VOTE_BELOW_MARK: a lost vote is recorded when it is meant, and leads to a refusal only', async () => {
    const appraised = await broughtTo(door, 'APPRAISED', forPerson());
    const vote = { ...at(appraised), ...goodVote, inFavour: 5, against: 4 };
    expect((await door.does('recordVote', vote, commander)).userErrors).toMatchObject([
      { code: 'VOTE_BELOW_MARK', severity: 'WARNING', path: ['input', 'inFavour'] },
    ]);
    const meant = { acknowledge: ['VOTE_BELOW_MARK'], acknowledgeReason: 'Biên bản ghi đúng như vậy.' };
    const lost = await door.does('recordVote', { ...vote, ...meant }, commander);
    expect(codesOf(await door.does('decideDossier', { ...at(lost), ...decision() }, commander))).toEqual([
      'VOTE_BELOW_MARK',
    ]);
    const reason = 'Không đạt tỷ lệ phiếu theo quy định.';
    expect((await door.does('rejectDossier', { ...at(lost), reason }, commander)).dossier?.state).toBe(
      'REJECTED',
    );
  });

  test('VOTE_BELOW_MARK: an open ballot is held up like a lost one', async () => {
    const appraised = await broughtTo(door, 'APPRAISED', forPerson());
    const vote = { ...at(appraised), ...goodVote, secret: false };
    expect(codesOf(await door.does('recordVote', vote, commander))).toEqual(['VOTE_BELOW_MARK']);
  });

  test('the numbers of a vote add up', async () => {
    const appraised = await broughtTo(door, 'APPRAISED', forPerson());
    const vote = { ...at(appraised), ...goodVote, against: 1 };
    expect(told(await door.does('recordVote', vote, commander))).toEqual([
      ['INPUT_INVALID', 'input.present'],
    ]);
  });

  test('SELF_DECISION: neither the person proposed, nor who put the dossier forward, nor the unit itself', async () => {
    const voted = await broughtTo(door, 'COUNCIL_VOTED', forPerson({ recipient: person('chief') }));
    const decide = (subject: string) =>
      door.does('decideDossier', { ...at(voted), ...decision() }, { ...commander, subject });
    expect(codesOf(await decide('chief'))).toEqual(['SELF_DECISION']);
    expect(codesOf(await decide(officer.subject))).toEqual(['SELF_DECISION']);
    const own = certificate({ recipient: { unit: 'H001.1' }, decidingUnit: 'H001.1' });
    const unit = await broughtTo(door, 'COUNCIL_VOTED', own);
    expect(codesOf(await door.does('decideDossier', { ...at(unit), ...decision() }, commander))).toEqual([
      'SELF_DECISION',
    ]);
    expect(codesOf(await decide('somebody else'))).toEqual([]);
  });

  test('SELF_DECISION shows in availableActions for whom it concerns, and for nobody else', async () => {
    const voted = await broughtTo(door, 'COUNCIL_VOTED', forPerson());
    const obstacles = async (subject: string) => {
      const { data } = await door.ask(
        'query ($id: ID!) { awardDossier(id: $id) { availableActions { action obstacles { code } } } }',
        { id: voted.dossier?.id },
        { ...commander, subject },
      );
      const { availableActions } = (
        data as { awardDossier: { availableActions: { action: string; obstacles: object[] }[] } }
      ).awardDossier;
      return availableActions.find(({ action }) => action === 'DECIDE')?.obstacles;
    };
    expect(await obstacles(officer.subject)).toEqual([{ code: 'SELF_DECISION' }]);
    expect(await obstacles('somebody else')).toEqual([]);
  });

  test('NOTICE_PERIOD_OPEN: before the notice is opened, while it lasts, and for a decision dated into it', async () => {
    const recipient = person('PER-NOTICE');
    const voted = await broughtTo(door, 'COUNCIL_VOTED', forPerson({ form: 'BK_TTG', recipient }));
    const papers = [{ kind: 'Y_KIEN_CAP_TREN' }];
    const decide = (payload: Payload, date: string) =>
      door.does('decideDossier', { ...at(payload), ...decision({ date }), papers }, ministry);
    expect(codesOf(await decide(voted, DAY))).toEqual(['NOTICE_PERIOD_OPEN']);
    const shown = await door.does('openNotice', at(voted), province);
    expect(codesOf(await decide(shown, DAY))).toEqual(['NOTICE_PERIOD_OPEN']);
    door.goTo('2022-01-15');
    expect(told(await decide(shown, '2021-12-22'))).toEqual([['NOTICE_PERIOD_OPEN', 'input.decision.date']]);
    expect(codesOf(await decide(shown, '2022-01-14'))).toEqual([]);
    door.goTo(DAY);
  });

  test('RETURN_REASON_TOO_SHORT: who waits for an answer is told in a sentence', async () => {
    const reviewed = await broughtTo(door, 'UNIT_REVIEWED', forPerson());
    for (const mutation of ['returnDossier', 'rejectDossier']) {
      const refused = await door.does(
        mutation,
        { ...at(reviewed), reason: '   thiếu giấy tờ    ' },
        commander,
      );
      expect(told(refused)).toEqual([['RETURN_REASON_TOO_SHORT', 'input.reason']]);
    }
  });
});

describe('days that cannot be', () => {
  test('a vote, a decision or a conferring before what it is about, or to come', async () => {
    const appraised = await broughtTo(door, 'APPRAISED', forPerson());
    const onDay = (heldOn: string) => ({ ...at(appraised), ...goodVote, heldOn });
    expect(told(await door.does('recordVote', onDay('2021-12-19'), commander))).toEqual([
      ['INPUT_INVALID', 'input.heldOn'],
    ]);
    expect(told(await door.does('recordVote', onDay('2021-12-21'), commander))).toEqual([
      ['INPUT_INVALID', 'input.heldOn'],
    ]);
    const voted = await door.does('recordVote', onDay(DAY), commander);
    for (const date of ['2021-12-19', '2021-12-21']) {
      const early = await door.does('decideDossier', { ...at(voted), ...decision({ date }) }, commander);
      expect(told(early)).toEqual([['INPUT_INVALID', 'input.decision.date']]);
    }
    const decided = await door.does('decideDossier', { ...at(voted), ...decision() }, commander);
    const conferred = await door.does('confer', { ...at(decided), conferredOn: '2021-12-19' }, commander);
    expect(told(conferred)).toEqual([['INPUT_INVALID', 'input.conferredOn']]);
  });

  test('a receipt before the achievement was there, and a posthumous award to a unit', async () => {
    const draft = await begin(forPerson());
    const early = await door.does('submitDossier', { ...at(draft), receivedOn: '2021-11-01' }, officer);
    expect(told(early)).toEqual([['INPUT_INVALID', 'input.receivedOn']]);
    const content = certificate({ recipient: { unit: 'E00101.1' }, achievements: [anAchievement()] });
    const decided = await broughtTo(door, 'DECIDED', content);
    const input = { ...at(decided), conferredOn: DAY, posthumous: true };
    expect(told(await door.does('confer', input, commander))).toEqual([
      ['INPUT_INVALID', 'input.posthumous'],
    ]);
  });

  test('a decision needs its number and its date', async () => {
    const voted = await broughtTo(door, 'COUNCIL_VOTED', forPerson());
    const input = { ...at(voted), ...decision({ date: null }) };
    expect(told(await door.does('decideDossier', input, commander))).toEqual([
      ['INPUT_INVALID', 'input.decision'],
    ]);
  });
});

const anAchievement = () => ({
  key: achievementKey(),
  summary: 'Thành tích.',
  from: '2021-08-15',
  before: '2021-11-16',
});
