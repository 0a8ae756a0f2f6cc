import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carriers, startGraph, type TestGraph } from '../harness/graph.ts';
import type { Price } from '../harness/price.ts';

/** Lists whose rows cross into every other subgraph; `$n` rows of them. */
const questions = {
  units: `query ($n: Int!) {
    units(first: $n) { nodes {
      code parent { code } ancestors { code } childCount events { kind effectiveOn } predecessors { share }
      children(first: 2) { nodes { code } }
      supportSummary { activities } supportActivities(first: 2) { nodes { code } }
      awardSummary { awards } awards(first: 2) { nodes { form { code } } }
      participations(first: 2) { nodes { status } } launchedCampaigns(first: 2) { nodes { code } }
    } }
  }`,
  campaigns: `query ($n: Int!) {
    campaigns(first: $n) { nodes {
      code owner { code name { vi } } contentItems { code } participations(first: 2) { nodes { unit { code } } }
      articles(first: 1) { nodes { title { vi } } } supportSummary { amount } awardSummary { awards }
      supportActivities(first: 2) { nodes { code } }
    } }
  }`,
  activities: `query ($n: Int!) {
    supportActivities(first: $n) { nodes {
      code unit { code name { vi } parent { code } } coOrganisers { code } campaign { title { vi } } contentItem { title { vi } }
      kind { name { vi } } groups { reached } funding { amount } house { status } area { name { vi } } awards(first: 1) { nodes { form { code } } }
    } }
  }`,
  awards: `query ($n: Int!) {
    awards(first: $n) { nodes {
      form { code name { vi } } campaign { title { vi } } decision { number }
      recipient { ... on UnitRecipient { unit { code name { vi } } } ... on PersonRecipient { displayName unit { code } } }
    } }
  }`,
  dossiers: `query ($n: Int!) {
    awardDossiers(first: $n) { nodes {
      number state proposer { code } history(first: 3) { nodes { to } } papers { kind { code } }
      achievements { summary supportActivities { code } } eligibility { code outcome } availableActions { action allowed }
    } }
  }`,
} as const;

/** The price of 100 rows, by subgraph. */
const prices: Readonly<Record<keyof typeof questions, Price>> = {
  units: {
    fetches: { units: 1, campaigns: 1, activities: 1, awards: 1 },
    commands: { units: 7, campaigns: 2, activities: 4, awards: 5 },
  },
  campaigns: {
    fetches: { campaigns: 1, units: 2, activities: 1, awards: 1 },
    commands: { campaigns: 4, units: 2, activities: 4, awards: 2 },
  },
  activities: {
    fetches: { activities: 1, units: 3, campaigns: 2, awards: 1 },
    commands: { activities: 3, units: 4, campaigns: 2, awards: 2 },
  },
  awards: { fetches: { awards: 1, units: 1, campaigns: 1 }, commands: { awards: 2, units: 1, campaigns: 1 } },
  dossiers: {
    fetches: { awards: 1, units: 1, activities: 1 },
    commands: { awards: 8, units: 1, activities: 1 },
  },
};

describe.each(carriers)('by the %s carrier', (carrier) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph(carrier);
  });
  afterAll(() => graph.stop());

  test.each(Object.entries(questions))(
    'a list of %s has one price, whatever its rows',
    async (name, query) => {
      const [one, many, all] = [
        await graph.ask(query, { n: 1 }),
        await graph.ask(query, { n: 50 }),
        await graph.ask(query, { n: 100 }),
      ];
      expect([one.errors, many.errors, all.errors]).toEqual([undefined, undefined, undefined]);
      expect(all.price).toEqual(prices[name as keyof typeof questions]);
      // Few rows may lack what more rows have, and spare a command; they never cost more.
      for (const { price } of [one, many])
        expect(price).toSatisfy((less: Price) => isAtMost(less, all.price));
    },
  );
});

const isAtMost = (less: Price, most: Price): boolean =>
  (['fetches', 'commands'] as const).every((kind) =>
    Object.entries(less[kind]).every(([subgraph, count]) => count <= (most[kind][subgraph] ?? 0)),
  );
