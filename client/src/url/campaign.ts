import { text } from './params.ts';

/** The campaign that all views are about; links from one to the other keep it. */
export const campaignParam = { campaign: text('BCA-2021-COVID-TDDB') };
