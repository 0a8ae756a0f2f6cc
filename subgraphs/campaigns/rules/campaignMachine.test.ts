import { describe, expect, it, test } from 'vitest';
import { campaignStatuses } from '../../../schema/events.ts';
import { stateAfter } from '../../records/command/machine.ts';
import { type CampaignStep, campaignMachine, campaignWork } from './campaignMachine.ts';

/** State × action, written out by hand: where an action leads, `-` where it is refused. */
const table = `
                    DRAFT     SUBMITTED RETURNED  APPROVED  PUBLISHED ACTIVE CLOSED     SUMMARISED ARCHIVED
  submitCampaign    SUBMITTED -         SUBMITTED -         -         -      -          -          -
  returnCampaign    -         RETURNED  -         -         -         -      -          -          -
  approveCampaign   -         APPROVED  -         -         -         -      -          -          -
  publishCampaign   -         -         -         PUBLISHED -         -      -          -          -
  activateCampaign  -         -         -         -         ACTIVE    -      -          -          -
  closeCampaign     -         -         -         -         -         CLOSED -          -          -
  summariseCampaign -         -         -         -         -         -      SUMMARISED -          -
  archiveCampaign   -         -         -         -         -         -      -          ARCHIVED   -
`;
const [head = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/u));

describe.each(rows)('%s', (action, ...ends) => {
  test.each(head.map((state, index) => [state, ends[index]]))('from %s leads to %s', (state, end) => {
    const after = stateAfter(campaignMachine, action as CampaignStep, state as 'DRAFT');
    expect(after ?? '-').toBe(end);
  });
});

it('the table speaks of every state and every action', () => {
  expect(head).toEqual(expect.arrayContaining([...campaignStatuses]));
  expect(rows.map(([action]) => action)).toEqual(Object.keys(campaignMachine));
});

it('what is open for work in a state', () => {
  const openIn = Object.fromEntries(
    campaignStatuses.map((status) => [
      status,
      Object.entries(campaignWork).flatMap(([work, states]) => (states.includes(status) ? [work] : [])),
    ]),
  );
  expect(openIn).toEqual({
    DRAFT: ['updateCampaignDraft', 'setIndicatorTarget'],
    SUBMITTED: ['confirmCampaignFunding'],
    RETURNED: ['updateCampaignDraft', 'setIndicatorTarget'],
    APPROVED: ['confirmCampaignFunding'],
    PUBLISHED: ['launchChildCampaign', 'publishArticle', 'setIndicatorTarget'],
    ACTIVE: ['launchChildCampaign', 'publishArticle', 'setIndicatorTarget'],
    CLOSED: ['publishArticle', 'setIndicatorTarget'],
    SUMMARISED: ['publishArticle', 'setIndicatorTarget'],
    ARCHIVED: [],
  });
});
