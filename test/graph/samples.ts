/** How one record of a type of the graph is reached on the test seed; `Query` is where everything begins. */
export const roads: Readonly<Record<string, (inner: string) => string>> = {
  Query: (inner) => inner,
  Unit: (inner) => `unit(code: "T01.1") { ${inner} }`,
  UnitOnDate: (inner) => `unit(code: "T01.1") { on(date: "2021-08-15") { ${inner} } }`,
  UnitHit: (inner) => `searchUnits(text: "quang tri") { ${inner} }`,
  AdminArea: (inner) => `adminArea(code: "01", listDate: "2021-08-01") { ${inner} }`,
  Campaign: (inner) => `campaign(code: "BCA-2021-COVID-TDDB") { ${inner} }`,
  ContentItem: (inner) => `contentItem(address: "BCA-2021-COVID-TDDB:ND5") { ${inner} }`,
  Indicator: (inner) => `indicator(address: "BCA-2021-COVID-TDDB:CT1") { ${inner} }`,
  EmulationCluster: (inner) => `emulationClusters(year: 2021, first: 1) { nodes { ${inner} } }`,
  ProgressReport: (inner) =>
    `campaign(code: "BCA-2021-COVID-TDDB") { progressReports(first: 1) { nodes { ${inner} } } }`,
  CompletenessConnection: (inner) =>
    `campaign(code: "BCA-2021-COVID-TDDB") { completeness(period: { code: "2021-11" }) { ${inner} } }`,
  CompletenessRow: (inner) =>
    `unit(code: "T01.1") { reportStats(campaign: "BCA-2021-COVID-TDDB", period: { code: "2021" }) { ${inner} } }`,
  SupportActivity: (inner) =>
    `supportActivities(filter: { unit: ["H001.1"] }, first: 1) { nodes { ${inner} } }`,
  HouseProject: (inner) => `houseProjects(first: 1) { nodes { ${inner} } }`,
  Award: (inner) => `awards(first: 1) { nodes { ${inner} } }`,
  AwardForm: (inner) => `awardFormsByCode(codes: ["GK"]) { ${inner} }`,
  AwardDossier: (inner) => `awardDossiers(first: 1) { nodes { ${inner} } }`,
};

/** A value that each scalar and input takes. */
export const samples: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Int: 2021,
  ID: 'none',
  String: '01',
  Date: '2021-08-15',
  DateTime: '2021-08-15T00:00:00Z',
  PeriodCode: '2021',
  UnitCode: 'T01.1',
  CampaignCode: 'BCA-2021-COVID-TDDB',
  SupportKindCode: 'NHA_TINH_NGHIA',
  BeneficiaryGroupCode: 'NGUOI_NGHEO',
  FundingSourceCode: 'XA_HOI_HOA',
  AwardFormCode: 'GK',
  PeriodInput: { code: '2021' },
  VNDRangeInput: { from: 1 },
  HierarchyInput: { mode: 'AS_OF', asOf: '2026-01-01' },
  SupportRollupInput: { filter: {} },
};

/** A value where the name of an argument or field asks for one of its own. */
export const samplesByName: Readonly<Record<string, unknown>> = {
  text: 'quang tri',
  region: 'DBSH',
  class: 'ORDER',
  decidedBy: 'MINISTER',
  listDate: '2021-08-01',
  verifyCode: '7K2M-Q4XD-9R0T-HV3B-W6EN',
  depth: 2,
};
