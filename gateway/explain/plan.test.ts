import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import { shownPlan, wavesOf } from './plan.ts';

const fetch = (serviceName: string): FetchNode => ({
  kind: 'Fetch',
  serviceName,
  operation: `{ ${serviceName}(name: "Tư") { id } }`,
  operationName: undefined,
  operationKind: 'query' as FetchNode['operationKind'],
});
const flatten = (path: string, node: PlanNode): PlanNode => ({
  kind: 'Flatten',
  path: path.split('.'),
  node,
});
const inTurn = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const sideBySide = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });
const planOf = (node?: PlanNode): QueryPlan => ({ kind: 'QueryPlan', ...(node ? { node } : {}) });

test.each<[string, PlanNode | undefined, readonly string[], number]>([
  ['nothing to fetch', undefined, [], 0],
  ['one fetch', fetch('a'), ['a'], 1],
  ['side by side', sideBySide(fetch('a'), fetch('b')), ['a', 'b'], 1],
  ['in turn', inTurn(fetch('a'), flatten('x', fetch('b'))), ['a', 'b x'], 2],
  [
    'the longest chain',
    sideBySide(fetch('a'), inTurn(fetch('b'), sideBySide(fetch('c'), inTurn(fetch('d'), fetch('e'))))),
    ['a', 'b', 'c', 'd', 'e'],
    3,
  ],
  ['only what was made', inTurn(fetch('a'), flatten('x.@.y', fetch('b')), fetch('c')), ['a', 'c'], 2],
  [
    'the same operation elsewhere',
    inTurn(fetch('a'), flatten('x', fetch('b')), flatten('y', fetch('b'))),
    ['a', 'b y'],
    2,
  ],
  [
    'the clause that was taken',
    inTurn(fetch('a'), { kind: 'Condition', condition: 'all', ifClause: fetch('b'), elseClause: fetch('c') }),
    ['a', 'c'],
    2,
  ],
])('waves: %s', (_, node, made, waves) => {
  const isMade = ({ subgraph, path }: { subgraph: string; path: string }) =>
    made.includes(`${subgraph} ${path}`.trim());
  expect(wavesOf(planOf(node), isMade)).toBe(waves);
});

test('a plan is shown as text and as a tree, without the literals of its operations', () => {
  const condition: PlanNode = { kind: 'Condition', condition: 'all', ifClause: fetch('c') };
  const shown = shownPlan(planOf(inTurn(fetch('a'), flatten('x.@', fetch('b')), condition)));
  expect(shown.text).toContain('Flatten(path: "x.@") {\n      Fetch(service: "b")');
  expect(JSON.stringify(shown)).not.toContain('Tư');
  expect(shown.tree).toEqual({
    kind: 'Sequence',
    nodes: [
      { kind: 'Fetch', subgraph: 'a', operation: '{\n  a(name: "") {\n    id\n  }\n}' },
      {
        kind: 'Flatten',
        path: 'x.@',
        node: { kind: 'Fetch', subgraph: 'b', operation: '{\n  b(name: "") {\n    id\n  }\n}' },
      },
      {
        kind: 'Condition',
        variable: 'all',
        nodes: [{ kind: 'Fetch', subgraph: 'c', operation: '{\n  c(name: "") {\n    id\n  }\n}' }],
      },
    ],
  });
  expect(shownPlan(planOf())).toEqual({ text: '', tree: null });
});
