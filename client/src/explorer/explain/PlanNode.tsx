import type { ExplainedFetch, Explanation, PlannedFetch, PlanTree } from './explanation.ts';
import { FetchCost } from './FetchCost.tsx';

interface PlanNodeProps<Node> {
  readonly node: Node;
  /** Where in the answer the node puts what it brings. */
  readonly path: string;
  readonly explanation: Explanation;
}

const titles = { Sequence: 'one after the other', Parallel: 'at the same time', Condition: 'if asked' };

/** A node of the query plan with what lies under it, each fetch with what it cost. */
export function PlanNode({ node, path, explanation }: PlanNodeProps<PlanTree>) {
  if (node.kind === 'Fetch') return <PlannedCost node={node} path={path} explanation={explanation} />;
  if (node.kind === 'Flatten') {
    const inside = [path, node.path].filter(Boolean).join('.');
    return <PlanNode node={node.node} path={inside} explanation={explanation} />;
  }
  return (
    <div className="explain-node">
      <span>{titles[node.kind]}</span>
      <ul>
        {node.nodes.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a plan is drawn whole, and its nodes have no names
          <li key={index}>
            <PlanNode node={each} path={path} explanation={explanation} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function PlannedCost({ node, path, explanation }: PlanNodeProps<PlannedFetch>) {
  const isOfNode = (fetch: ExplainedFetch) =>
    fetch.subgraph === node.subgraph && fetch.path === path && fetch.operation === node.operation;
  const made = explanation.fetches.find(isOfNode);
  return (
    <div className="explain-fetch">
      <strong>
        {node.subgraph}
        {path && ` · ${path}`}
      </strong>
      {made ? <FetchCost fetch={made} totalMs={explanation.totals.durationMs} /> : ' not needed'}
    </div>
  );
}
