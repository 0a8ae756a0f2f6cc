import type { Connection, Model, mongo } from 'mongoose';
import { insertAll } from '../../records/insertAll.ts';
import { type VocabularyPage, vocabularyModel, writeTexts } from '../../records/spelling/vocabulary.ts';
import { type AdminAreaRecord, adminAreaModel, type RegionRecord, regionModel } from './area.ts';
import { type ChildCountsRow, childCountsModel, recountChildren } from './childCounts.ts';
import { type UnitEventRecord, type UnitLinkRecord, unitEventModel, unitLinkModel } from './event.ts';
import { stored } from './names.ts';
import { type UnitMergeProposalRecord, unitMergeProposalModel } from './proposal.ts';
import { type UnitRecord, type UnitRow, unitModel } from './unit.ts';
import { type UnitVersionRow, unitVersionModel } from './version.ts';

export interface Models {
  readonly units: Model<UnitRecord>;
  readonly versions: Model<UnitVersionRow>;
  readonly childCounts: Model<ChildCountsRow>;
  readonly events: Model<UnitEventRecord>;
  readonly links: Model<UnitLinkRecord>;
  readonly areas: Model<AdminAreaRecord>;
  readonly regions: Model<RegionRecord>;
  readonly mergeProposals: Model<UnitMergeProposalRecord>;
  /** The folded forms of all names. */
  readonly vocabulary: Model<VocabularyPage>;
}

/** What a seed brings: the units without the keys that this subgraph makes of their names. */
export interface UnitsRows {
  readonly units: readonly UnitRow[];
  readonly versions: readonly UnitVersionRow[];
  readonly events: readonly UnitEventRecord[];
  readonly links: readonly UnitLinkRecord[];
  readonly areas: readonly AdminAreaRecord[];
  readonly regions: readonly RegionRecord[];
}

export const createModels = (connection: Connection): Models => ({
  units: unitModel(connection),
  versions: unitVersionModel(connection),
  childCounts: childCountsModel(connection),
  events: unitEventModel(connection),
  links: unitLinkModel(connection),
  areas: adminAreaModel(connection),
  regions: regionModel(connection),
  mergeProposals: unitMergeProposalModel(connection),
  vocabulary: vocabularyModel(connection, 'units'),
});

/** The collections that counting children works with, past mongoose's casts. */
export const collectionsOf = ({ versions, childCounts }: Models) => ({
  versions: versions.collection as unknown as mongo.Collection<UnitVersionRow>,
  childCounts: childCounts.collection as unknown as mongo.Collection<ChildCountsRow>,
});

function* withKeys(rows: Iterable<UnitRow>): Generator<UnitRecord> {
  for (const row of rows) yield stored(row);
}

function* keysOf(rows: Iterable<UnitRow>): Generator<string> {
  for (const row of rows) yield* stored(row).searchKeys;
}

/** Writes the rows that are not there yet. */
export async function load(
  models: Models,
  rows: UnitsRows,
  onRows: (count: number) => void = () => {},
): Promise<void> {
  await insertAll(models.regions, rows.regions, onRows);
  await insertAll(models.areas, rows.areas, onRows);
  await writeTexts(models.vocabulary, keysOf(rows.units));
  await insertAll(models.units, withKeys(rows.units), onRows);
  await insertAll(models.versions, rows.versions, onRows);
  await recountChildren(collectionsOf(models));
  await insertAll(models.events, rows.events, onRows);
  await insertAll(models.links, rows.links, onRows);
}
