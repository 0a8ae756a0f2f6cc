import { currentVersion } from '../../copies/units.ts';
import { perArguments } from '../../records/byKey.ts';
import type { Filter } from '../../records/keyset.ts';
import type { NamedPeriod, PeriodInput } from '../../records/periodInput.ts';
import { perKey } from '../../records/perKey.ts';
import { under } from '../../records/subtree.ts';
import type { RequestScope } from '../../subgraph.ts';
import type { AwardFormCountRecord, AwardSummaryRecord } from '../model/answers.ts';
import type { Models } from '../model/models.ts';
import { readCodes } from './filterCodes.ts';
import type { FilterReads } from './filters.ts';

interface UnitSummaryArgs {
  readonly campaign?: string | null | undefined;
  readonly period?: PeriodInput | null | undefined;
  readonly includeSubtree: boolean;
}

/** The reads of awards in numbers. */
export interface SummaryReads {
  readonly ofUnit: (args: UnitSummaryArgs, unitId: string) => Promise<AwardSummaryRecord | null>;
  readonly ofCampaign: (campaignId: string) => Promise<AwardSummaryRecord>;
}

/** Awards that are equal in all that a summary tells apart. */
interface Group {
  readonly _id: {
    readonly form: string;
    readonly kind: string;
    readonly stateLevel: boolean;
    readonly revoked: boolean;
  };
  readonly count: number;
  readonly bonus: number;
  readonly synthetic: boolean;
}

const grouped: readonly Filter[] = [
  {
    $group: {
      _id: {
        form: '$form',
        kind: '$recipientKind',
        stateLevel: '$stateLevel',
        revoked: { $eq: ['$status', 'REVOKED'] },
      },
      count: { $sum: 1 },
      bonus: { $sum: '$bonus.amount' },
      synthetic: { $max: '$synthetic' },
    },
  },
];

/** Makes the reads of summaries for one request. */
export function summaryReads(scope: RequestScope<Models>, reads: FilterReads): SummaryReads {
  const ofCampaign = perArguments<null, AwardSummaryRecord>(() => async (ids) => {
    const found = await perKey<Group>({
      model: scope.models.awards,
      foreignField: 'campaignId',
      keys: ids.map((key) => ({ key })),
      pipeline: grouped,
      signal: scope.signal,
    });
    return inOrder(
      reads,
      ids.map((id) => summaryOf(found.get(id) ?? [], null)),
    );
  });
  return {
    ofUnit: perArguments((args: UnitSummaryArgs) => (ids) => unitSummaries(scope, reads, args, ids)),
    ofCampaign: (id) => ofCampaign(null, id),
  };
}

async function unitSummaries(
  scope: RequestScope<Models>,
  reads: FilterReads,
  { campaign, period, includeSubtree }: UnitSummaryArgs,
  ids: readonly string[],
): Promise<(AwardSummaryRecord | null)[]> {
  const asked = {
    campaign: campaign ? [campaign] : null,
    during: period ? { period, campaigns: campaign ? [campaign] : [] } : null,
  };
  const [units, codes] = await Promise.all([
    includeSubtree ? reads.copies.units(ids) : [],
    readCodes(asked, reads.copies, reads.today),
  ]);
  const span = asked.during ? codes.period(asked.during) : null;
  const filter = {
    ...(asked.campaign ? { campaignId: codes.campaignIds(asked.campaign)[0] } : {}),
    ...(span ? { eventOn: { $gte: span.from, $lt: span.before } } : {}),
  };
  const tops = new Map(
    units.flatMap((unit) => (unit ? [[unit._id, currentVersion(unit, reads.today).path] as const] : [])),
  );
  const known = includeSubtree ? ids.filter((id) => tops.has(id)) : ids;
  const question = includeSubtree
    ? underTops(tops, known)
    : { foreignField: 'unitId', keys: known.map((key) => ({ key })) };
  const match = includeSubtree ? { ...filter, ...withinTop } : filter;
  const found = await perKey<Group>({
    model: scope.models.awards,
    ...question,
    pipeline: [{ $match: match }, ...grouped],
    signal: scope.signal,
  });
  return inOrder(
    reads,
    ids.map((id) => (known.includes(id) ? summaryOf(found.get(id) ?? [], span) : null)),
  );
}

/** The ranges of paths under each unit, as variables of one pipeline. */
const underTops = (tops: ReadonlyMap<string, string>, ids: readonly string[]) => ({
  variables: { from: 'from', before: 'before' },
  keys: ids.map((key) => {
    const { $gte: from, $lt: before } = under(tops.get(key) ?? '');
    return { key, from, before };
  }),
});

const withinTop = {
  $expr: { $and: [{ $gte: ['$unitPath', '$$from'] }, { $lt: ['$unitPath', '$$before'] }] },
};

function summaryOf(groups: readonly Group[], period: NamedPeriod | null): AwardSummaryRecord {
  const standing = groups.filter(({ _id }) => !_id.revoked);
  const sum = (rows: readonly Group[], value: (group: Group) => number = ({ count }) => count) =>
    rows.reduce((total, group) => total + value(group), 0);
  return {
    period,
    awards: sum(standing),
    collective: sum(standing.filter(({ _id }) => _id.kind === 'COLLECTIVE')),
    individual: sum(standing.filter(({ _id }) => _id.kind === 'INDIVIDUAL')),
    stateLevel: sum(standing.filter(({ _id }) => _id.stateLevel)),
    revoked: sum(groups.filter(({ _id }) => _id.revoked)),
    bonus: sum(standing, ({ bonus }) => bonus),
    byForm: countsByForm(standing),
    synthetic: groups.some(({ synthetic }) => synthetic),
  };
}

function countsByForm(groups: readonly Group[]): AwardFormCountRecord[] {
  const counts = new Map<string, number>();
  for (const { _id, count } of groups) counts.set(_id.form, (counts.get(_id.form) ?? 0) + count);
  return [...counts].map(([form, count]) => ({ form, count }));
}

/** Puts the forms of each summary into the order of the catalogue. */
async function inOrder<Summary extends AwardSummaryRecord | null>(
  { catalogue }: FilterReads,
  summaries: readonly Summary[],
): Promise<Summary[]> {
  const codes = new Set(summaries.flatMap((summary) => summary?.byForm.map(({ form }) => form) ?? []));
  const forms = await Promise.all(
    [...codes].map(async (code) => [code, await catalogue.formOrNull(code)] as const),
  );
  const place = new Map(forms.map(([code, form]) => [code, form?.order ?? 0]));
  return summaries.map((summary) =>
    summary === null
      ? summary
      : {
          ...summary,
          byForm: [...summary.byForm].sort((a, b) => (place.get(a.form) ?? 0) - (place.get(b.form) ?? 0)),
        },
  );
}
