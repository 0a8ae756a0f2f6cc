import type { Aggregate } from '../../records/command/aggregate.ts';
import type { ArticleRecord } from '../model/article.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { IndicatorTargetRecord } from '../model/content.ts';
import type { Models } from '../model/models.ts';

/** A campaign; its copy holds the content items too, so that it is written by `changeCampaign` only. */
export const campaigns: Aggregate<Models, CampaignRecord> = {
  type: 'Campaign',
  readers: 'drafts:read',
  model: (models) => models.campaigns,
  derived: ['searchKey', 'searchTerms', 'line'],
  streamed: true,
};

export const articles: Aggregate<Models, ArticleRecord> = {
  type: 'Article',
  readers: 'drafts:read',
  model: (models) => models.articles,
  derived: ['searchKey', 'searchTerms', 'line'],
};

export const targets: Aggregate<Models, IndicatorTargetRecord> = {
  type: 'IndicatorTarget',
  readers: 'drafts:read',
  model: (models) => models.targets,
  derived: ['periodEnd', 'line'],
};
