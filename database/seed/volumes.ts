/** How much a seed holds; DOMAIN §6 gives `ci` and `national`, the issue gives `demo` and `campaign`. */
export interface Volumes {
  readonly tree: {
    /** Province codes of the 2021 list, or all 63. */
    readonly provinces: readonly string[] | 'all';
    /** The most districts taken of each province, communes of each district (in the order of their codes). */
    readonly districts: number;
    readonly communes: number;
    /** Synthetic numbered placeholders. */
    readonly departments: number;
    readonly divisionsPerProvince: number;
    readonly teamsPerDistrict: number;
    /** Whether the reorganisations of 2025 are applied. */
    readonly reorganised: boolean;
  };
  readonly childCampaigns: number;
  /** Units that registered for the campaign. */
  readonly participations: number;
  /** Months of reports, from 2021-08, of each reporting unit; at most so many reports in all. */
  readonly reportMonths: number;
  readonly reports: number;
  readonly valuesPerReport: number;
  readonly articles: number;
  readonly clusters: number;
  readonly activities: number;
  readonly deliveries: number;
  readonly households: number;
  readonly houses: number;
  readonly dossiers: number;
}

export const seedSizes = ['none', 'campaign', 'ci', 'demo', 'national'] as const;
export type SeedSize = (typeof seedSizes)[number];

const everything = { provinces: 'all', districts: 999, communes: 999, reorganised: true } as const;
const nothingSynthetic = {
  childCampaigns: 0,
  participations: 0,
  reportMonths: 0,
  reports: 0,
  valuesPerReport: 0,
  articles: 1,
  clusters: 0,
  activities: 0,
  deliveries: 0,
  households: 0,
  houses: 0,
  dossiers: 0,
};

export const volumes: Readonly<Record<Exclude<SeedSize, 'none'>, Volumes>> = {
  campaign: {
    tree: {
      provinces: 'all',
      districts: 0,
      communes: 0,
      departments: 0,
      divisionsPerProvince: 0,
      teamsPerDistrict: 0,
      reorganised: false,
    },
    ...nothingSynthetic,
  },
  ci: {
    tree: {
      provinces: ['30', '31'],
      districts: 999,
      communes: 999,
      departments: 12,
      divisionsPerProvince: 10,
      teamsPerDistrict: 9,
      reorganised: true,
    },
    childCampaigns: 11,
    participations: 800,
    reportMonths: 10,
    reports: 6_000,
    valuesPerReport: 10,
    articles: 500,
    clusters: 4,
    activities: 8_000,
    deliveries: 60_000,
    households: 35_000,
    houses: 200,
    dossiers: 2_000,
  },
  demo: {
    tree: { ...everything, departments: 6, divisionsPerProvince: 2, teamsPerDistrict: 0 },
    childCampaigns: 69,
    participations: 1_500,
    reportMonths: 10,
    reports: 1_500,
    valuesPerReport: 6,
    articles: 120,
    clusters: 8,
    activities: 3_000,
    deliveries: 20_000,
    households: 11_000,
    houses: 120,
    dossiers: 300,
  },
  national: {
    tree: { ...everything, departments: 60, divisionsPerProvince: 25, teamsPerDistrict: 8.6 },
    childCampaigns: 829,
    participations: 19_600,
    reportMonths: 10,
    reports: 114_000,
    valuesPerReport: 20,
    articles: 20_000,
    clusters: 60,
    activities: 200_000,
    deliveries: 2_400_000,
    households: 1_200_000,
    houses: 6_000,
    dossiers: 75_000,
  },
};
