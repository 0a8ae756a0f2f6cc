import { defineMessages } from '../../language/messages.ts';

export const periodMessages = defineMessages(
  {
    period: 'Thời gian',
    wholeCampaign: 'Toàn phong trào',
    phases: 'Đợt',
    months: 'Tháng',
    quarters: 'Quý',
    quarter: (quarter: string, year: string) => `Quý ${quarter}/${year}`,
  },
  {
    period: 'Period',
    wholeCampaign: 'Whole campaign',
    phases: 'Phases',
    months: 'Months',
    quarters: 'Quarters',
    quarter: (quarter, year) => `Quarter ${quarter} of ${year}`,
  },
);
