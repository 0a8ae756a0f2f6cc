/** What this subgraph gives of records that others own: their keys. */
export interface UnitRecord {
  readonly id: string;
}

export interface CampaignRecord {
  readonly id: string;
  readonly code: string;
}

export interface ContentItemRecord {
  readonly id: string;
}
