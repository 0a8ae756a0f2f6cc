import { campaignParam } from '../../url/campaign.ts';
import { optionalText, text } from '../../url/params.ts';

/** What the address of this view says. */
export const reportFilters = {
  ...campaignParam,
  under: text('BCA'),
  period: text('2021-10'),
  after: optionalText,
  afterMissing: optionalText,
};

/** The months that reports were asked for in, the first to the last. */
export const months = [
  '2021-08',
  '2021-09',
  '2021-10',
  '2021-11',
  '2021-12',
  '2022-01',
  '2022-02',
  '2022-03',
  '2022-04',
  '2022-05',
  '2022-06',
];
