import type { Viewer } from '../../../server/viewer.ts';
import { commonOutcomes, type Outcomes, type Params } from '../../records/command/outcomes.ts';
import { outcomes } from '../codes.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import { hintsFor } from '../rules/campaignActions.ts';

const place: Outcomes = {
  FORBIDDEN: {
    text: ({ role }) =>
      role === 'OFFICER'
        ? {
            vi: 'Việc này do cán bộ của đơn vị chủ trì thực hiện.',
            en: 'This is done by officers of the owner.',
          }
        : { vi: 'Việc này do chỉ huy thực hiện.', en: 'This is done by commanders.' },
  },
  OUT_OF_SUBTREE: {
    text: () => ({
      vi: 'Đơn vị chủ trì nằm ngoài phạm vi của bạn.',
      en: 'The owner lies outside your part of the unit tree.',
    }),
  },
};
const texts: Outcomes = { ...place, ...commonOutcomes, ...outcomes };

const textOf = (code: string, params: Params) => texts[code]?.text(params) ?? { vi: code, en: code };

/** Gives for each action on a campaign whether the viewer may do it, and why not. */
export const availableActions = (campaign: CampaignRecord, viewer: Viewer) =>
  hintsFor(campaign, viewer).map(({ action, obstacle }) => ({
    action,
    allowed: obstacle === null,
    obstacles: obstacle ? [{ code: obstacle.code, message: textOf(obstacle.code, obstacle.params) }] : [],
  }));
