/** The four subgraphs in the order of their ports (4001 …); the only list of what exists. */
export const subgraphNames = ['units', 'campaigns', 'activities', 'awards'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

/** Whether there is a subgraph of that name. */
export const isSubgraph = (name: string | undefined): name is SubgraphName =>
  (subgraphNames as readonly (string | undefined)[]).includes(name);
