import type { Found } from '../rules/textMatch.ts';
import type { ArticleRecord } from './article.ts';
import type { CampaignRecord } from './campaign.ts';

/** A hit of a search, with what puts it in its place among the hits. */
export interface CampaignHitRecord extends Found {
  readonly campaign: CampaignRecord;
  readonly article: ArticleRecord | null;
  readonly matched: 'CODE' | 'TITLE' | 'THEME' | 'MOTTO' | 'ARTICLE_TITLE' | 'ARTICLE_BODY';
  readonly exact: boolean;
  readonly date: string;
}
