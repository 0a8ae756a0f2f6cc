import { describe, expect, it, test } from 'vitest';
import { campaignStatuses } from '../../../schema/events.ts';
import { demoViewer } from '../../../server/viewer.ts';
import { hintsFor } from './campaignActions.ts';

const campaign = {
  status: 'DRAFT' as (typeof campaignStatuses)[number],
  scopePath: '/BCA/T01.1/',
  issuedOn: '2026-01-10',
  theme: { vi: 'Lá chắn' },
  legalBases: [{ kind: { vi: 'Kết luận' }, document: {} }],
  criteria: [],
  funding: { confirmedOn: '2026-01-11' },
};
const officer = { ...demoViewer, role: 'OFFICER' as const, unitPath: '/BCA/T01.1/' };
const commander = { ...demoViewer, role: 'COMMANDER' as const, unitPath: '/BCA/' };

const open = (...args: Parameters<typeof hintsFor>) =>
  hintsFor(...args).flatMap(({ action, obstacle }) => (obstacle ? [] : [action]));
const against = (action: string, ...args: Parameters<typeof hintsFor>) =>
  hintsFor(...args).find((hint) => hint.action === action)?.obstacle?.code;

describe('what is open to', () => {
  const byState = (viewer: typeof commander | typeof officer) =>
    Object.fromEntries(campaignStatuses.map((status) => [status, open({ ...campaign, status }, viewer)]));

  it('the author, by state', () => {
    expect(byState(officer)).toEqual({
      ...Object.fromEntries(campaignStatuses.map((status) => [status, []])),
      DRAFT: ['updateCampaignDraft', 'submitCampaign'],
      RETURNED: ['updateCampaignDraft', 'submitCampaign'],
    });
  });

  it('a commander above, by state', () => {
    expect(byState(commander)).toEqual({
      DRAFT: [],
      SUBMITTED: ['returnCampaign', 'approveCampaign', 'confirmCampaignFunding'],
      RETURNED: [],
      APPROVED: ['confirmCampaignFunding', 'publishCampaign'],
      PUBLISHED: [],
      ACTIVE: ['closeCampaign'],
      CLOSED: ['summariseCampaign'],
      SUMMARISED: ['archiveCampaign'],
      ARCHIVED: [],
    });
  });
});

test.each([
  ['a role that does not do it', 'approveCampaign', campaign, officer, 'FORBIDDEN'],
  ['the ministry, which reads', 'submitCampaign', campaign, demoViewer, 'FORBIDDEN'],
  [
    'an officer of the unit above',
    'submitCampaign',
    campaign,
    { ...officer, unitPath: '/BCA/' },
    'OUT_OF_SUBTREE',
  ],
  [
    'a commander beside it',
    'approveCampaign',
    campaign,
    { ...commander, unitPath: '/BCA/T44.1/' },
    'OUT_OF_SUBTREE',
  ],
  ['the state', 'approveCampaign', campaign, commander, 'INVALID_STATE'],
  [
    'a theme that is missing',
    'submitCampaign',
    { ...campaign, theme: { vi: '' } },
    officer,
    'THEME_REQUIRED_VI',
  ],
  [
    'a basis that is missing',
    'submitCampaign',
    { ...campaign, legalBases: [] },
    officer,
    'LEGAL_BASIS_REQUIRED',
  ],
  [
    'funding that is missing',
    'publishCampaign',
    { ...campaign, status: 'APPROVED' as const, funding: null },
    commander,
    'FUNDING_UNCONFIRMED',
  ],
  [
    'nothing: a warning is overridden',
    'submitCampaign',
    { ...campaign, criteria: [{ maxScore: 1 }] },
    officer,
    undefined,
  ],
])('the first reason against an action is %s', (_, action, given, viewer, code) => {
  expect(against(action, given, viewer)).toBe(code);
});
