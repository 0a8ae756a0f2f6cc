import type { Volumes } from '../../database/seed/volumes.ts';

/**
 * The seed of the shared test database: few enough documents to be written in a second, yet with a merger of
 * provinces (44 and 45), a capital (01) that stays, and every kind of record.
 */
export const testVolumes: Volumes = {
  tree: {
    provinces: ['01', '44', '45'],
    districts: 2,
    communes: 6,
    departments: 2,
    divisionsPerProvince: 2,
    teamsPerDistrict: 1,
    reorganised: true,
  },
  childCampaigns: 4,
  participations: 40,
  reportMonths: 4,
  reports: 120,
  valuesPerReport: 4,
  articles: 12,
  clusters: 2,
  activities: 150,
  deliveries: 400,
  households: 220,
  houses: 16,
  dossiers: 60,
};
