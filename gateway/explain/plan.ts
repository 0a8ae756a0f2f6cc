import { type PlanNode, prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { Explanation, PlanTree } from '../../server/explain.ts';
import { hideLiterals } from './hideLiterals.ts';

/** The root of a plan; this gateway plans no subscriptions. */
const rootOf = ({ node }: QueryPlan): PlanNode | undefined => node as PlanNode | undefined;

/** Gives the plan as text and as a tree, with the literals of its operations hidden. */
export function shownPlan(plan: QueryPlan): Explanation['plan'] {
  const root = rootOf(plan);
  if (!root) return { text: '', tree: null };
  const node = withoutLiterals(root);
  return { text: prettyFormatQueryPlan({ ...plan, node }), tree: treeOf(node) };
}

function withoutLiterals(node: PlanNode): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return { ...node, operation: hideLiterals(node.operation) };
    case 'Flatten':
      return { ...node, node: withoutLiterals(node.node) };
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map(withoutLiterals) };
    case 'Condition':
      return {
        ...node,
        ...(node.ifClause ? { ifClause: withoutLiterals(node.ifClause) } : {}),
        ...(node.elseClause ? { elseClause: withoutLiterals(node.elseClause) } : {}),
      };
    default:
      return node;
  }
}

/** The parts of a node, in their order. The gateway plans no `@defer`. */
function partsOf(node: PlanNode): readonly PlanNode[] {
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return node.nodes;
    case 'Flatten':
      return [node.node];
    case 'Condition':
      return [node.ifClause, node.elseClause].filter((clause) => clause !== undefined);
    default:
      return [];
  }
}

function treeOf(node: PlanNode): PlanTree {
  switch (node.kind) {
    case 'Fetch':
      return { kind: 'Fetch', subgraph: node.serviceName, operation: node.operation };
    case 'Flatten':
      return { kind: 'Flatten', path: node.path.join('.'), node: treeOf(node.node) };
    case 'Condition':
      return { kind: 'Condition', variable: node.condition, nodes: partsOf(node).map(treeOf) };
    default:
      return { kind: node.kind === 'Parallel' ? 'Parallel' : 'Sequence', nodes: partsOf(node).map(treeOf) };
  }
}

/** A fetch as the plan knows it. */
export interface PlannedFetch {
  readonly subgraph: string;
  readonly operation: string;
  readonly path: string;
}

/**
 * Counts the fetches that had to wait for each other: the longest chain of the plan's sequences, of those fetches that
 * were made. A fetch of the plan is not made when nothing came before that it could ask about.
 */
export function wavesOf(plan: QueryPlan, isMade: (fetch: PlannedFetch) => boolean): number {
  const count = (node: PlanNode, path: readonly (string | number)[]): number => {
    if (node.kind === 'Fetch') {
      const { serviceName: subgraph, operation } = node;
      return isMade({ subgraph, operation, path: path.join('.') }) ? 1 : 0;
    }
    const inside = node.kind === 'Flatten' ? [...path, ...node.path] : path;
    const chains = partsOf(node).map((part) => count(part, inside));
    return node.kind === 'Sequence' ? chains.reduce((sum, chain) => sum + chain, 0) : Math.max(0, ...chains);
  };
  const root = rootOf(plan);
  return root ? count(root, []) : 0;
}
