import type { CampaignCopy } from '../../../schema/events.ts';
import type { CampaignsRows, ContentItemRecord } from '../../../subgraphs/campaigns/index.ts';
import type { SeedTree } from '../units/tree.ts';
import type { Volumes } from '../volumes.ts';
import { grouped } from './grouped.ts';
import { buildPlan, type Plan } from './plan/campaign2021.ts';
import { articleRows } from './synthetic/articles.ts';
import { buildChildren, type Child } from './synthetic/children.ts';
import { clusterRows } from './synthetic/clusters.ts';
import { participationRows, partsOf } from './synthetic/participations.ts';
import { reportRows } from './synthetic/reports.ts';
import { targetRows } from './synthetic/targets.ts';
import { unitsOn } from './unitsOn.ts';

/** The campaigns as their own subgraph takes them, and as the others copy them. */
export interface SeedCampaigns {
  readonly rows: CampaignsRows;
  readonly copies: readonly CampaignCopy[];
}

/** The day whose unit tree the campaign's records stand in: the plan's. */
const PLAN_DAY = '2021-08-15';

/** Builds the real campaign of 2021, and around it the made-up records that the volumes ask for. */
export function buildCampaigns(volumes: Volumes, tree: SeedTree): SeedCampaigns {
  const units = unitsOn(tree, PLAN_DAY);
  const ministry = units.find(({ level }) => level === 'MINISTRY');
  if (!ministry) throw new RangeError('The unit tree has no ministry.');
  const plan = buildPlan(ministry);
  const children = buildChildren(plan, units, volumes.childCampaigns);
  const parts = partsOf(plan.campaign, units, children, volumes.participations);
  const contentItems = [...plan.contentItems, ...children.flatMap((child) => child.contentItems)];
  const indicators = [...plan.indicators, ...children.flatMap((child) => child.indicators)];
  return {
    rows: {
      units: tree.copies,
      campaigns: [plan.campaign, ...children.map(({ campaign }) => campaign)],
      contentItems,
      indicators,
      targets: targetsOf(plan, volumes, units),
      participations: participationRows(parts, children),
      reports: reportRows(
        parts,
        grouped(indicators, ({ campaignId }) => campaignId),
        volumes,
      ),
      articles: articlesOf(plan, volumes, units, children),
      ...clusterRows(units, volumes.clusters),
    },
    copies: copiesOf(plan, children, contentItems),
  };
}

/** Units pledge only where units take part; the real target stands alone otherwise. */
function* targetsOf(plan: Plan, volumes: Volumes, units: ReturnType<typeof unitsOn>) {
  yield plan.target;
  const pledged = plan.indicators.find(({ _id }) => _id === plan.target.indicatorId);
  if (pledged && volumes.participations > 0) yield* targetRows(pledged, units);
}

/** The real article counts as one of those asked for. */
function* articlesOf(
  plan: Plan,
  volumes: Volumes,
  units: ReturnType<typeof unitsOn>,
  children: readonly Child[],
) {
  yield plan.article;
  yield* articleRows(plan.campaign, units, children, volumes.articles - 1);
}

function copiesOf(
  plan: Plan,
  children: readonly Child[],
  items: readonly ContentItemRecord[],
): CampaignCopy[] {
  const itemsOf = grouped(items, ({ campaignId }) => campaignId);
  return [plan.campaign, ...children.map(({ campaign }) => campaign)].map((campaign) => ({
    id: campaign._id,
    code: campaign.code,
    status: campaign.status,
    issuedOn: campaign.issuedOn,
    launchedOn: campaign.launchedOn,
    endsOn: campaign.endsOn,
    phases: campaign.phases.map(({ code, from, before }) => ({ code, from, before })),
    contentItems: (itemsOf.get(campaign._id) ?? []).map(({ _id, code }) => ({ id: _id, code })),
    version: campaign.version,
  }));
}
