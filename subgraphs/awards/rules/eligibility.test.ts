import { expect, test } from 'vitest';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import { dossier, facts, form, rule } from './dossier.fixture.ts';
import { eligibilityOf, type Facts, type OtherAward, type RuleCode } from './eligibility.ts';

const outcomeOf = (
  code: RuleCode,
  changed: Partial<AwardDossierRecord>,
  known: Partial<Facts>,
  state = (changed.state ?? dossier.state) as AwardDossierRecord['state'],
) =>
  eligibilityOf({ ...dossier, ...changed }, { ...facts, ...known }, state).find(
    (result) => result.code === code,
  )?.outcome;

test('a dossier that meets every rule passes every rule', () => {
  const outcomes = eligibilityOf(dossier, facts).map(({ outcome }) => outcome);
  expect(new Set(outcomes)).toEqual(new Set(['PASSED']));
  expect(outcomes).toHaveLength(13);
});

const award: OtherAward = {
  _id: 'awd_9',
  form: 'HC',
  kind: 'MERIT',
  stateLevel: true,
  eventOn: '2021-01-15',
  status: 'CONFERRED',
  dossierId: 'dos_9',
  achievementKeys: ['K0'],
};
const other = { _id: 'dos_9', number: 'HS-9', form: 'HC', campaignId: 'cmp_1', state: 'APPRAISED' } as const;
const person = {
  recipientKind: 'INDIVIDUAL',
  recipient: {
    kind: 'INDIVIDUAL',
    unitId: 'unt_1',
    nameAtDecision: null,
    ref: 'per_1',
    displayName: 'Cán bộ mẫu 0001',
    rank: null,
    consented: false,
  },
} as const;
const head = { decidedBy: 'UNIT_HEAD', minLevel: 'DISTRICT' } as const;

type Case = [
  code: RuleCode,
  what: string,
  changed: Partial<AwardDossierRecord>,
  known: Partial<Facts>,
  outcome: string,
];
const cases: Case[] = [
  ['FORM_NOT_IN_REGIME', 'no rule of the form on that day', {}, { rule: null }, 'FAILED'],
  [
    'FORM_NOT_FOR_RECIPIENT',
    'a form for people only',
    {},
    { form: { ...form, recipientKinds: ['INDIVIDUAL'] } },
    'FAILED',
  ],
  [
    'AUTHORITY_TOO_LOW',
    'a unit head is asked for what the minister decides',
    { decidedBy: 'UNIT_HEAD' },
    {},
    'FAILED',
  ],
  [
    'AUTHORITY_TOO_LOW',
    'a team for what a district decides',
    { decidingLevel: 'TEAM' },
    { rule: { ...rule, ...head } },
    'FAILED',
  ],
  [
    'AUTHORITY_TOO_LOW',
    'a province for what a district decides',
    { decidingLevel: 'PROVINCE' },
    { rule: { ...rule, ...head } },
    'PASSED',
  ],
  ['SELF_DECISION', 'the unit decides about itself', { decidingUnitId: 'unt_1' }, {}, 'FAILED'],
  ['SELF_DECISION', 'a person', person, {}, 'NOT_APPLICABLE'],
  ['PAPER_MISSING', 'the minutes are missing', { papers: dossier.papers.slice(0, 2) }, {}, 'FAILED'],
  [
    'PAPER_MISSING',
    'the minutes are not needed yet',
    { papers: dossier.papers.slice(0, 2), state: 'SUBMITTED' },
    {},
    'PASSED',
  ],
  [
    'PAPER_MISSING',
    'a returned dossier needs what a hand-in needs',
    { papers: dossier.papers.slice(0, 2), state: 'RETURNED' },
    {},
    'PASSED',
  ],
  ['PAPER_MISSING', 'the last paper is missing at the decision', { state: 'DECIDED' }, {}, 'FAILED'],
  [
    'PAPER_MISSING',
    'the report lacks a confirmation',
    { papers: dossier.papers.map((paper) => ({ ...paper, confirmations: ['DIRECT_SUPERIOR'] })) },
    {},
    'FAILED',
  ],
  ['UNDER_DISCIPLINE', 'nobody has asked', { conduct: null }, {}, 'PENDING'],
  [
    'UNDER_DISCIPLINE',
    'a sanction has not expired',
    { conduct: { checkedOn: '2021-10-05', clear: false } },
    {},
    'FAILED',
  ],
  [
    'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    'another award has the achievement',
    {},
    { otherAwards: [{ ...award, achievementKeys: ['K1'] }] },
    'FAILED',
  ],
  [
    'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    'the other award was revoked',
    {},
    { otherAwards: [{ ...award, achievementKeys: ['K1'], status: 'REVOKED' }] },
    'PASSED',
  ],
  [
    'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    'the award is its own',
    {},
    { otherAwards: [{ ...award, achievementKeys: ['K1'], dossierId: 'dos_1' }] },
    'PASSED',
  ],
  [
    'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    'merit under the law of 2026',
    { regime: 'L2022A', kind: 'MERIT' },
    { otherAwards: [{ ...award, achievementKeys: ['K1'] }] },
    'NOT_APPLICABLE',
  ],
  [
    'DOUBLE_AWARD_SAME_ACHIEVEMENT',
    'a movement under the law of 2026',
    { regime: 'L2022A' },
    { otherAwards: [{ ...award, achievementKeys: ['K1'] }] },
    'FAILED',
  ],
  ['DUPLICATE_PENDING', 'another dossier is open', {}, { otherDossiers: [other] }, 'FAILED'],
  [
    'DUPLICATE_PENDING',
    'the other one is refused',
    {},
    { otherDossiers: [{ ...other, state: 'REJECTED' }] },
    'PASSED',
  ],
  [
    'DUPLICATE_PENDING',
    'the other one is of another campaign',
    {},
    { otherDossiers: [{ ...other, campaignId: null }] },
    'PASSED',
  ],
  [
    'DUPLICATE_PENDING',
    'this one is decided',
    { state: 'DECIDED' },
    { otherDossiers: [other] },
    'NOT_APPLICABLE',
  ],
  ['STATE_LEVEL_TWICE_IN_YEAR', 'one within the year', {}, { otherAwards: [award] }, 'FAILED'],
  [
    'STATE_LEVEL_TWICE_IN_YEAR',
    'one exactly a year before',
    {},
    { otherAwards: [{ ...award, eventOn: '2020-10-01' }] },
    'PASSED',
  ],
  [
    'STATE_LEVEL_TWICE_IN_YEAR',
    'a day less than a year before',
    {},
    { otherAwards: [{ ...award, eventOn: '2020-10-02' }] },
    'FAILED',
  ],
  [
    'STATE_LEVEL_TWICE_IN_YEAR',
    'a sudden one before',
    {},
    { otherAwards: [{ ...award, kind: 'SUDDEN' }] },
    'PASSED',
  ],
  [
    'STATE_LEVEL_TWICE_IN_YEAR',
    'itself for seniority',
    { kind: 'SENIORITY' },
    { otherAwards: [award] },
    'NOT_APPLICABLE',
  ],
  [
    'STATE_LEVEL_TWICE_IN_YEAR',
    'a ministry form',
    { stateLevel: false },
    { otherAwards: [award] },
    'NOT_APPLICABLE',
  ],
  [
    'QUOTA_EXCEEDED',
    'the fourth of twenty',
    {},
    { titles: new Map([...facts.titles, ['HC:2021', 3]]) },
    'FAILED',
  ],
  ['QUOTA_EXCEEDED', 'no titles to count from', {}, { titles: new Map() }, 'PENDING'],
  [
    'QUOTA_EXCEEDED',
    'its own award is not counted twice',
    {},
    {
      titles: new Map([...facts.titles, ['HC:2021', 3]]),
      otherAwards: [{ ...award, eventOn: '2021-12-01', dossierId: 'dos_1' }],
    },
    'PASSED',
  ],
  [
    'QUOTA_EXCEEDED',
    'a form without quota',
    {},
    { rule: { ...rule, titleQuotaPercent: null } },
    'NOT_APPLICABLE',
  ],
  ['QUORUM_NOT_MET', 'eight of ten', { vote: { ...vote(), present: 8 } }, {}, 'FAILED'],
  ['QUORUM_NOT_MET', 'no vote yet', { vote: null }, {}, 'PENDING'],
  [
    'QUORUM_NOT_MET',
    'no council',
    { vote: null },
    { rule: { ...rule, quorumPercent: null } },
    'NOT_APPLICABLE',
  ],
  [
    'VOTE_BELOW_MARK',
    'nine of eleven members, all present in favour',
    { vote: { ...vote(), members: 11 } },
    {},
    'FAILED',
  ],
  ['VOTE_BELOW_MARK', 'an open ballot', { vote: { ...vote(), secret: false } }, {}, 'FAILED'],
  ['NOTICE_PERIOD_OPEN', 'the last day of it', {}, { today: '2021-11-10' }, 'PENDING'],
  ['NOTICE_PERIOD_OPEN', 'the day after it', {}, { today: '2021-11-11' }, 'PASSED'],
  ['NOTICE_PERIOD_OPEN', 'never opened', { notice: null }, {}, 'PENDING'],
  ['NOTICE_PERIOD_OPEN', 'too short', { notice: { from: '2021-11-01', before: '2021-11-05' } }, {}, 'FAILED'],
  [
    'NOTICE_PERIOD_OPEN',
    'not asked for',
    { notice: null },
    { rule: { ...rule, noticeDays: null } },
    'NOT_APPLICABLE',
  ],
];

function vote() {
  if (!dossier.vote) throw new Error('The fixture has a vote.');
  return dossier.vote;
}

test.each(cases)('%s: %s', (code, _, changed, known, outcome) => {
  expect(outcomeOf(code, changed, known)).toBe(outcome);
});

test('every result names its source, or says that the rule is our own', () => {
  const citation = {
    _id: 'x',
    rule: 'PAPER_MISSING',
    regime: 'L2003',
    mark: 'SOURCED',
    source: 'TT 12/2019',
  } as const;
  const results = eligibilityOf(dossier, { ...facts, citations: new Map([['PAPER_MISSING', citation]]) });
  expect(results.find(({ code }) => code === 'PAPER_MISSING')?.legalSource).toEqual({
    aspect: 'PAPER_MISSING',
    mark: 'SOURCED',
    source: 'TT 12/2019',
  });
  expect(results.find(({ code }) => code === 'SELF_DECISION')?.legalSource.mark).toBe('PROPOSED');
});
