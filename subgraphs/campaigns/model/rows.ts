import { addDays, spanOfPeriod } from '../../../schema/scalars/period.ts';
import { type SearchPlace, searchTermsOf, type Text } from '../rules/searchTerms.ts';
import { searchKeyOf } from '../rules/textMatch.ts';
import type { ArticleRecord } from './article.ts';
import type { CampaignRecord } from './campaign.ts';
import type { IndicatorTargetRecord } from './content.ts';
import { isHandedIn, type ProgressReportRecord, underKey } from './report.ts';

/** Records as they are given in; what follows from the rest is added here, in one place. */
export type CampaignRow = Omit<CampaignRecord, 'searchKey' | 'searchTerms'>;
export type ArticleRow = Omit<ArticleRecord, 'searchKey' | 'searchTerms'>;
export type ProgressReportRow = Omit<ProgressReportRecord, 'underKeys' | 'periodEnd' | 'handedIn'>;
export type IndicatorTargetRow = Omit<IndicatorTargetRecord, 'periodEnd'>;

const searchable = (texts: readonly (readonly [SearchPlace, readonly Text[]])[]) => ({
  searchKey: searchKeyOf(texts.flatMap(([, some]) => some)),
  searchTerms: searchTermsOf(texts),
});

const lastDayOf = (period: string): string => {
  const span = spanOfPeriod(period);
  if (!span) throw new RangeError(`${period} is no period of the calendar.`);
  return addDays(span.before, -1);
};

/** Gives what a search looks in, of a campaign. */
export const campaignSearch = ({
  code,
  title,
  theme,
  mottos,
}: Pick<CampaignRow, 'code' | 'title' | 'theme' | 'mottos'>) =>
  searchable([
    ['CODE', [code]],
    ['TITLE', [title.vi, title.en]],
    ['THEME', [theme.vi, theme.en]],
    ['MOTTO', mottos.flatMap(({ text }) => [text.vi, text.en])],
  ]);

/** Gives what a search looks in, of an article. */
export const articleSearch = ({ title, body }: Pick<ArticleRow, 'title' | 'body'>) =>
  searchable([
    ['ARTICLE_TITLE', [title.vi, title.en]],
    ['ARTICLE_BODY', [body.vi, body.en]],
  ]);

export const campaignRecord = (row: CampaignRow): CampaignRecord => ({ ...row, ...campaignSearch(row) });

export const articleRecord = (row: ArticleRow): ArticleRecord => ({ ...row, ...articleSearch(row) });

/** Throws RangeError for a period that is none of the calendar's. */
export const progressReportRecord = (row: ProgressReportRow): ProgressReportRecord => ({
  ...row,
  underKeys: row.line.map((unitId) => underKey(row.campaignId, unitId)),
  periodEnd: lastDayOf(row.period),
  handedIn: isHandedIn(row.status),
});

/** Throws RangeError for a period that is none of the calendar's. */
export const indicatorTargetRecord = (row: IndicatorTargetRow): IndicatorTargetRecord => ({
  ...row,
  periodEnd: lastDayOf(row.period),
});
