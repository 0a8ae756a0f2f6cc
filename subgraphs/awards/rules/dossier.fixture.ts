import type { AwardFormRecord, FormRuleRecord } from '../model/catalogue.ts';
import type { AwardDossierRecord } from '../model/dossiers.ts';
import type { Facts } from './eligibility.ts';

/** A dossier of a unit that meets every rule, and the facts it is judged by; tests change one thing at a time. */
export const dossier: AwardDossierRecord = {
  _id: 'dos_1',
  seq: 1,
  number: 'HS-2021-000001',
  form: 'HC',
  kind: 'MOVEMENT',
  stateLevel: true,
  campaignId: 'cmp_1',
  recipientKind: 'COLLECTIVE',
  recipientKey: 'U:unt_1',
  recipient: { kind: 'COLLECTIVE', unitId: 'unt_1', nameAtDecision: null },
  unitId: 'unt_1',
  levelAtEvent: 'DISTRICT',
  provinceCode: '01',
  pathAtEvent: '/BCA/T01.1/H001.1/',
  unitPath: '/BCA/T01.1/H001.1/',
  scopePath: '/BCA/T01.1/H001.1/',
  regime: 'L2003',
  judgedOn: '2021-10-01',
  state: 'PUBLIC_NOTICE',
  stateSince: '2021-11-01',
  daysToState: 31,
  proposerId: 'unt_1',
  proposerPath: '/BCA/T01.1/H001.1/',
  decidedBy: 'MINISTER',
  decidingUnitId: 'unt_0',
  decidingLevel: 'MINISTRY',
  decidingPath: '/BCA/',
  achievements: [
    { id: 'a', key: 'K1', summary: '', from: '2021-08-15', before: '2021-10-01', activityIds: [] },
  ],
  papers: [
    { kind: 'TO_TRINH', document: null, confirmations: [] },
    { kind: 'BAO_CAO', document: null, confirmations: ['DIRECT_SUPERIOR', 'SUBMITTING_LEVEL'] },
    { kind: 'BIEN_BAN', document: null, confirmations: [] },
  ],
  receivedOn: '2021-10-01',
  history: [],
  vote: { heldOn: '2021-10-30', members: 10, present: 9, inFavour: 9, against: 0, blank: 0, secret: true },
  notice: { from: '2021-11-01', before: '2021-11-11' },
  conduct: { checkedOn: '2021-10-05', clear: true },
  awardId: null,
  synthetic: true,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 1,
};

const term = (list: 'AUTHORITY' | 'PAPER', code: string, order: number) => ({
  _id: `${list}:${code}`,
  list,
  code,
  order,
  name: { vi: code, en: code },
});

export const form: AwardFormRecord = {
  _id: 'HC',
  name: { vi: 'HC' },
  class: 'ORDER',
  recipientKinds: ['COLLECTIVE', 'INDIVIDUAL'],
  stateLevel: true,
  order: 1,
  provenance: [],
  createdAt: new Date(0),
  updatedAt: new Date(0),
  version: 1,
};

export const rule: FormRuleRecord = {
  _id: 'HC:L2003',
  form: 'HC',
  regime: 'L2003',
  from: '2017-10-01',
  before: '2024-01-01',
  decidedBy: 'MINISTER',
  minLevel: 'MINISTRY',
  quorumPercent: 90,
  passMarkPercent: 90,
  noticeDays: 10,
  titleQuotaPercent: 15,
  titleQuotaOf: ['CSTT', 'LDTT'],
  bonusMultiple: null,
  bonusRounding: null,
  requiredPapers: ['TO_TRINH', 'BAO_CAO', 'BIEN_BAN', 'Y_KIEN'],
  provenance: [],
};

export const facts: Facts = {
  form,
  rule,
  authorities: new Map([
    ['MINISTER', term('AUTHORITY', 'MINISTER', 3)],
    ['UNIT_HEAD', term('AUTHORITY', 'UNIT_HEAD', 4)],
  ]),
  requiredPapers: [
    { ...term('PAPER', 'TO_TRINH', 1), neededFrom: 'SUBMITTED' },
    {
      ...term('PAPER', 'BAO_CAO', 2),
      neededFrom: 'SUBMITTED',
      confirmations: ['DIRECT_SUPERIOR', 'SUBMITTING_LEVEL'],
    },
    { ...term('PAPER', 'BIEN_BAN', 3), neededFrom: 'UNIT_REVIEWED' },
    { ...term('PAPER', 'Y_KIEN', 4), neededFrom: 'DECIDED' },
  ],
  otherAwards: [],
  otherDossiers: [],
  titles: new Map([
    ['CSTT:2021', 15],
    ['LDTT:2021', 5],
    ['HC:2021', 2],
  ]),
  citations: new Map(),
  today: '2021-11-15',
};
