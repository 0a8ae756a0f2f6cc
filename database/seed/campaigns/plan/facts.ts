import type { CampaignRow } from '../../../../subgraphs/campaigns/index.ts';

import type { PlanData } from './source.ts';

type Document = NonNullable<CampaignRow['launchSource']>;

/** Where the campaign is known from. Addresses are given as far as our sources give them. */
export const articleSource: Document = {
  number: 'post733959',
  issuer: 'VietnamPlus (Thông tấn xã Việt Nam)',
  url: 'https://www.vietnamplus.vn/post733959.vnp',
};

export const launchSource: Document = {
  number: 'post1251998',
  issuer: 'Zing News (zingnews.vn)',
  date: '2021-08-17',
};

const provincialPaper: Document = { issuer: 'Báo Bà Rịa - Vũng Tàu (baobariavungtau.com.vn)' };

/** The only source that names the year compared with: a provincial police's pledge, not the plan. */
export const baselineSource: Document = {
  number: '628580',
  issuer: 'Báo Công an nhân dân (cand.com.vn)',
  title: 'Công an Đắk Nông, 2021: "ít nhất 5% … so với năm 2020"',
};

/** What happened when. The plan was signed on 15 August; the conference that launched it was two days later. */
export const timeline: CampaignRow['timeline'] = [
  {
    on: '2021-08-15',
    text: { vi: 'Bộ trưởng ký ban hành Kế hoạch', en: 'The Minister signs the plan' },
    source: articleSource,
  },
  {
    on: '2021-08-17',
    text: {
      vi: 'Hội nghị trực tuyến phát động phong trào; Công an tỉnh Bà Rịa - Vũng Tàu phát động cùng ngày',
      en: 'Online conference that launches the movement; Bà Rịa - Vũng Tàu launches on the same day',
    },
    source: launchSource,
  },
  {
    on: '2021-11-15',
    text: {
      vi: 'Mốc chốt báo cáo của một địa phương: 15/8 - 15/11/2021',
      en: 'Reporting cut-off used by a province: 15 August to 15 November 2021',
    },
    source: provincialPaper,
  },
  {
    on: '2021-12-11',
    text: {
      vi: 'Bộ Công an sơ kết phong trào, trao tặng huân chương',
      en: 'Mid-term review by the ministry; orders are conferred',
    },
    source: null,
  },
  {
    on: '2022-06-24',
    text: {
      vi: 'Một địa phương (Bà Rịa - Vũng Tàu) tổng kết phong trào',
      en: 'A provincial review (Bà Rịa - Vũng Tàu)',
    },
    source: provincialPaper,
  },
];

/** The plan itself; no source gives its number. */
export const planDocument = ({ documentNumber, issuedOn, issuer }: PlanData['campaign']) => ({
  number: documentNumber,
  date: issuedOn,
  issuer,
  title: 'Kế hoạch phát động phong trào thi đua đặc biệt',
});
