import { addDays } from '../../../schema/scalars/period.ts';
import { inputInvalid } from '../../../server/errors.ts';
import type { CampaignCopyRow } from '../../copies/campaigns.ts';
import { pathsOf, versionOn } from '../../copies/units.ts';
import { inRange, isUnder } from '../../records/filter.ts';
import type { Filter } from '../../records/keyset.ts';
import { type NamedPeriod, type PeriodInput, periodOf } from '../../records/periodInput.ts';
import { type CodeNode, dayOfHierarchy, type Known } from './known.ts';

/** The units of a filter's node as records hold them. An empty list stays one, for the grammar to refuse. */
export interface UnitParts {
  readonly unit?: readonly string[] | null;
  readonly under?: Filter | readonly [] | null;
}

/** Gives the ids of `unit`, and the filter of `under` by the tree that the node names. */
export function unitParts<Node extends CodeNode<Node>>(node: Node, known: Known): UnitParts {
  return {
    unit: node.unit?.map((code) => known.unit(code)._id) ?? null,
    under: node.under ? underFilter(node.under, dayOfHierarchy(node.hierarchy, known.today), known) : null,
  };
}

function underFilter(codes: readonly string[], day: string | null, known: Known): Filter | readonly [] {
  if (codes.length === 0) return [];
  if (day === null) return isUnder('pathAtEvent')(codes.flatMap((code) => pathsOf(known.unit(code))));
  const { inside, outside } = known.tree(day).splitAt(codes.map((code) => pathOn(code, day, known)));
  if (outside.length === 0) return {};
  return { unitId: outside.length < inside.length ? { $nin: outside } : { $in: inside } };
}

/** Gives the path of a unit on a day. Throws INPUT_INVALID when it did not exist then. */
export function pathOn(code: string, day: string, known: Known): string {
  const version = versionOn(known.unit(code), day);
  if (!version) throw inputInvalid(`The unit ${code} did not exist on ${day}.`, { code, day });
  return version.path;
}

/** The span that WHOLE_CAMPAIGN means: from the day of the plan, for work began before the launch. */
const campaignSpan = (campaign: CampaignCopyRow) => ({
  from: campaign.issuedOn,
  before: campaign.endsOn === null ? null : addDays(campaign.endsOn, 1),
});

/** Gives the span of a period input, seen from one campaign or none. Throws PERIOD_INVALID. */
export function spanOf(
  input: PeriodInput,
  campaign: CampaignCopyRow | null | undefined,
  today: string,
): NamedPeriod {
  return periodOf(input, {
    today,
    phase: (code) => phaseOf(campaign, code),
    ...(campaign ? { campaign: campaignSpan(campaign) } : {}),
  });
}

/** A phase is written `CAMPAIGN:P2`; a copy may hold it so, or as its own part `P2`. */
export function phaseOf(campaign: CampaignCopyRow | null | undefined, code: string) {
  const phase = campaign?.phases.find((each) => fullCode(campaign, each.code) === code);
  return phase ? { from: phase.from, before: phase.before } : null;
}

/** Gives the code of the phase that a day lies in, with its campaign's; null in none. */
export function phaseCodeOn(campaign: CampaignCopyRow | null, day: string): string | null {
  const phase = campaign?.phases.find(({ from, before }) => from <= day && day < before);
  return campaign && phase ? fullCode(campaign, phase.code) : null;
}

/** Gives a phase's code with its campaign's. */
export const fullCode = (campaign: CampaignCopyRow, code: string): string =>
  code.includes(':') ? code : `${campaign.code}:${code}`;

/** Gives the filter of a half-open range of amounts. Throws INPUT_INVALID for one without ends, or turned round. */
export function amountRange(
  field: string,
  range: { readonly from?: number | null | undefined; readonly before?: number | null | undefined },
): Filter {
  if (range.from == null && range.before == null) throw inputInvalid(`${field} takes from, before or both.`);
  if (range.from != null && range.before != null && range.from >= range.before) {
    throw inputInvalid(`In ${field}, from must lie below before.`);
  }
  return inRange(field, range.from, range.before);
}
