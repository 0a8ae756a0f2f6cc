import { publishArticle, updateArticle, withdrawArticle } from '../commands/articles.ts';
import { createCampaign } from '../commands/createCampaign.ts';
import {
  approveCampaign,
  confirmCampaignFunding,
  returnCampaign,
  submitCampaign,
} from '../commands/decideCampaign.ts';
import { archiveCampaign, closeCampaign, summariseCampaign } from '../commands/endCampaign.ts';
import { launchChildCampaign } from '../commands/launchChildCampaign.ts';
import { publishCampaign } from '../commands/publishCampaign.ts';
import { removeIndicatorTarget } from '../commands/removeIndicatorTarget.ts';
import { setIndicatorTarget } from '../commands/setIndicatorTarget.ts';
import { updateCampaignDraft } from '../commands/updateCampaignDraft.ts';
import type {
  ArticlePayloadResolvers,
  CampaignPayloadResolvers,
  IndicatorTargetPayloadResolvers,
  MutationResolvers,
  RemoveIndicatorTargetPayloadResolvers,
} from '../types.generated.ts';

export const Mutation: MutationResolvers = {
  createCampaign: (_, { input }, { command }) => command(createCampaign, input),
  launchChildCampaign: (_, { input }, { command }) => command(launchChildCampaign, input),
  updateCampaignDraft: (_, { input }, { command }) => command(updateCampaignDraft, input),
  submitCampaign: (_, { input }, { command }) => command(submitCampaign, input),
  returnCampaign: (_, { input }, { command }) => command(returnCampaign, input),
  approveCampaign: (_, { input }, { command }) => command(approveCampaign, input),
  confirmCampaignFunding: (_, { input }, { command }) => command(confirmCampaignFunding, input),
  publishCampaign: (_, { input }, { command }) => command(publishCampaign, input),
  closeCampaign: (_, { input }, { command }) => command(closeCampaign, input),
  summariseCampaign: (_, { input }, { command }) => command(summariseCampaign, input),
  archiveCampaign: (_, { input }, { command }) => command(archiveCampaign, input),
  publishArticle: (_, { input }, { command }) => command(publishArticle, input),
  updateArticle: (_, { input }, { command }) => command(updateArticle, input),
  withdrawArticle: (_, { input }, { command }) => command(withdrawArticle, input),
  setIndicatorTarget: (_, { input }, { command }) => command(setIndicatorTarget, input),
  removeIndicatorTarget: (_, { input }, { command }) => command(removeIndicatorTarget, input),
};

export const CampaignPayload: CampaignPayloadResolvers = {
  campaign: ({ result }, _, { campaigns }) => (result ? campaigns.byId.load(result.id) : null),
};

export const ArticlePayload: ArticlePayloadResolvers = {
  article: ({ result }, _, { articles }) => (result ? articles.byId.load(result.id) : null),
};

export const IndicatorTargetPayload: IndicatorTargetPayloadResolvers = {
  target: ({ result }, _, { indicatorValues }) =>
    result ? indicatorValues.targetById.load(result.id) : null,
};

export const RemoveIndicatorTargetPayload: RemoveIndicatorTargetPayloadResolvers = {
  indicator: ({ result }, _, { content }) => (result ? content.indicatorById.load(result.indicatorId) : null),
  removedId: ({ result }) => result?.id ?? null,
};
