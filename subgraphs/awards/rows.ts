import type { CampaignCopy, UnitCopy } from '../../schema/events.ts';
import { campaignCopyRow } from '../copies/campaigns.ts';
import { unitCopyRow } from '../copies/units.ts';
import { insertAll } from '../records/insertAll.ts';
import type { AwardRecord } from './model/awards.ts';
import type {
  AwardFormRecord,
  BaseSalaryRecord,
  CitationRow,
  FormRuleRecord,
  LegalRegimeRecord,
  TermRow,
} from './model/catalogue.ts';
import type { AwardDossierRecord } from './model/dossiers.ts';
import type { Models } from './model/models.ts';

/** The rows that a seed brings; what is large may come from generators. */
export interface AwardsRows {
  readonly regimes: Iterable<LegalRegimeRecord>;
  readonly terms: Iterable<TermRow>;
  readonly forms: Iterable<AwardFormRecord>;
  readonly rules: Iterable<FormRuleRecord>;
  readonly salaries: Iterable<BaseSalaryRecord>;
  readonly citations: Iterable<CitationRow>;
  readonly units: Iterable<UnitCopy>;
  readonly campaigns: Iterable<CampaignCopy>;
  readonly dossiers: Iterable<AwardDossierRecord>;
  readonly awards: Iterable<AwardRecord>;
}

function* each<From, To>(rows: Iterable<From>, make: (row: From) => To): Generator<To> {
  for (const row of rows) yield make(row);
}

/** Adds the rows that are not there yet: the catalogue and the copies before what refers to them. */
export async function loadRows(
  models: Models,
  rows: AwardsRows,
  onRows: (count: number) => void,
): Promise<void> {
  await insertAll(models.regimes, rows.regimes, onRows);
  await insertAll(models.terms, rows.terms, onRows);
  await insertAll(models.forms, rows.forms, onRows);
  await insertAll(models.rules, rows.rules, onRows);
  await insertAll(models.salaries, rows.salaries, onRows);
  await insertAll(models.citations, rows.citations, onRows);
  await insertAll(models.units, each(rows.units, unitCopyRow), onRows);
  await insertAll(models.campaigns, each(rows.campaigns, campaignCopyRow), onRows);
  await insertAll(models.dossiers, rows.dossiers, onRows);
  await insertAll(models.awards, rows.awards, onRows);
}
