import type { Tx } from '../../records/command/transaction.ts';
import type { CampaignRecord } from '../model/campaign.ts';
import type { Models } from '../model/models.ts';
import { campaignSearch } from '../model/rows.ts';
import { type DateFault, faultsInParent, faultsOfDays, faultsOfPhases } from '../rules/campaignDates.ts';
import type { CampaignDraft } from './draftInput.ts';

/** A plan that has no number yet. */
const unnumbered = { kind: { vi: 'Kế hoạch', en: 'Plan' }, document: {}, signatory: null } as const;

/** Gives the fields of a campaign that its draft says; what is left out is empty. */
export function fieldsOfDraft(code: string, draft: CampaignDraft) {
  const { kind: _kind, contentItems: _items, indicators: _indicators, ...rest } = draft;
  const fields = {
    ...rest,
    requirements: draft.requirements ?? [],
    mottos: draft.mottos ?? [],
    legalBases: draft.legalBases ?? [],
    plan: draft.plan ?? unnumbered,
    phases: (draft.phases ?? []).map((phase, index) => ({ code: `${code}:P${index + 1}`, ...phase })),
    criteria: draft.criteria ?? [],
  };
  return { ...fields, ...campaignSearch({ code, ...fields }) };
}

/** Notes rules that days break as CAMPAIGN_DATES, at the fields under `path`. */
export function addDateFaults(
  { faults }: Tx<Models>,
  found: readonly DateFault[],
  path: readonly (string | number)[] | null,
): void {
  for (const { path: at, rule, ruleVi } of found)
    faults.add('CAMPAIGN_DATES', { path: path ? [...path, ...at] : [], params: { rule, ruleVi } });
}

/** Gives every rule that the days of a campaign break, also inside the campaign that it carries out. */
export const faultsOfAllDays = (
  days: Pick<CampaignRecord, 'issuedOn' | 'launchedOn' | 'endsOn' | 'phases'>,
  parent: CampaignRecord | null,
): DateFault[] => [
  ...faultsOfDays(days),
  ...faultsOfPhases(days, days.phases),
  ...(parent ? faultsInParent(days, parent) : []),
];

/** A unit writes plans of days on which it existed. */
export const unitNotThere: DateFault = {
  path: ['issuedOn'],
  rule: 'the unit did not exist on the day of the plan',
  ruleVi: 'đơn vị không tồn tại vào ngày ký kế hoạch',
};
