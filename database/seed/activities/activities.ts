import type { CampaignCopy } from '../../../schema/events.ts';
import type { ActivitiesRows } from '../../../subgraphs/activities/index.ts';
import type { SeedTree } from '../units/tree.ts';
import type { Volumes } from '../volumes.ts';
import { type ActivityRef, buildOne, type Ground, refOf, rowsOfList } from './activity.ts';
import { readCatalogue } from './catalogue.ts';
import { type Draft, draftOf } from './draft.ts';
import { listsOf } from './lists.ts';
import { reportersOf } from './reportingUnits.ts';

/** The campaign of the plan; all synthetic support is for it. */
const CAMPAIGN = 'BCA-2021-COVID-TDDB';

export interface SeedActivities {
  readonly rows: ActivitiesRows;
  readonly refs: readonly ActivityRef[];
}

/** Iterates anew each time, so that nothing large is kept. */
const lazily = <Row>(generate: () => Generator<Row>): Iterable<Row> => ({ [Symbol.iterator]: generate });

/**
 * Gives the catalogues and the synthetic support activities of the volumes, with houses and lists of households. Every
 * activity is made from its number alone, so that rows are made while they are written, and are the same each time.
 */
export function buildActivities(
  volumes: Volumes,
  tree: Pick<SeedTree, 'copies'>,
  campaigns: readonly CampaignCopy[],
): SeedActivities {
  const rows = { units: tree.copies, campaigns, catalogue: readCatalogue() };
  const campaign = campaigns.find(({ code }) => code === CAMPAIGN);
  if (volumes.activities === 0 || !campaign) {
    return { rows: { ...rows, activities: [], houses: [], deliveries: [] }, refs: [] };
  }
  const reporters = reportersOf(tree.copies, volumes.activities);
  const ground: Ground = { campaign, reporters, lists: listsOf(volumes, reporters) };
  const drafts = function* (): Generator<Draft> {
    for (let index = 0; index < volumes.activities; index += 1) yield draftOf(index, volumes, reporters);
  };
  return {
    rows: {
      ...rows,
      activities: lazily(function* () {
        for (const draft of drafts()) yield buildOne(draft, ground).activity;
      }),
      houses: lazily(function* () {
        for (const draft of drafts()) {
          const house = draft.house === null ? null : buildOne(draft, ground).house;
          if (house) yield house;
        }
      }),
      deliveries: lazily(function* () {
        for (const draft of drafts()) yield* rowsOfList(draft, ground.lists);
      }),
    },
    refs: Array.from(drafts(), (draft) => refOf(draft, campaign)),
  };
}
