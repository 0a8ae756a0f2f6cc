import fc from 'fast-check';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { costModel } from './cost.ts';
import { shapesOf } from './shape.ts';
import { weightsOf } from './weights.ts';

/** However an operation is written, it asks the same: nothing can be hidden in fragments. */
const sdl = `
  directive @cost(weight: Int!) on FIELD_DEFINITION
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  type Query { one: Node page(first: Int! = 20): Page @listSize(slicingArguments: ["first"], sizedFields: ["nodes"]) }
  type Node { id: ID, dear: Int @cost(weight: 5), next: Node, few: [Node] @listSize(assumedSize: 3) }
  type Page { nodes: [Node], total: Int }
`;
const schema = buildSchema(sdl);
const costs = costModel(schema, weightsOf(parse(sdl)));

/** One selected field: its text up to the selection, the type it gives, and what is selected of that. */
interface Selected {
  readonly text: string;
  readonly type?: 'Node' | 'Page';
  readonly inside: readonly Selected[];
  /** How its selection set is written. */
  readonly as: 'AS_IT_IS' | 'INLINE' | 'FRAGMENT';
}

const as = fc.constantFrom('AS_IT_IS', 'INLINE', 'FRAGMENT' as const) as fc.Arbitrary<Selected['as']>;
const alias = fc.constantFrom('', '', 'x: ', 'y: ');
const condition = fc.constantFrom('', '', ' @include(if: true)', ' @skip(if: true)');
const leaf = fc
  .tuple(alias, fc.constantFrom('id', 'dear', '__typename'), condition)
  .map(([name, field, when]): Selected => ({ text: `${name}${field}${when}`, inside: [], as: 'AS_IT_IS' }));
const { node } = fc.letrec<{ node: readonly Selected[] }>((tie) => ({
  node: fc.array(
    fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.tuple(alias, fc.constantFrom('next', 'few'), condition, tie('node'), as).map(
        ([name, field, when, inside, written]): Selected => ({
          text: `${name}${field}${when}`,
          type: 'Node',
          inside,
          as: written,
        }),
      ),
    ),
    { minLength: 1, maxLength: 3 },
  ),
}));
const page = fc.tuple(node, fc.integer({ min: 0, max: 9 }), as, as).map(
  ([inside, first, written, within]): Selected => ({
    text: `page(first: ${first})`,
    type: 'Page',
    inside: [{ text: 'nodes', type: 'Node', inside, as: written }],
    as: within,
  }),
);

/** Writes selections out, with or without the fragments that they ask for. */
function written(selections: readonly Selected[], withFragments: boolean): string {
  const fragments: string[] = [];
  const setOf = ({ inside, type, as: way }: Selected): string => {
    if (!type) return '';
    const set = `{ ${inside.map(fieldOf).join(' ')} }`;
    if (!withFragments || way === 'AS_IT_IS') return set;
    if (way === 'INLINE') return `{ ... on ${type} ${set} }`;
    fragments.push(`fragment F${fragments.length} on ${type} ${set}`);
    return `{ ...F${fragments.length - 1} }`;
  };
  const fieldOf = (selected: Selected): string => `${selected.text} ${setOf(selected)}`;
  return [`query Q { ${selections.map(fieldOf).join(' ')} }`, ...fragments].join(' ');
}

const mergeable = (query: string) => validate(schema, parse(query)).length === 0;
const shapeOf = (query: string) => [...shapesOf(parse(query)).values()][0];

test('an operation has the shape and the cost that it has with its fragments written out', () => {
  fc.assert(
    fc.property(page, (selected) => {
      const [plain, spread] = [written([selected], false), written([selected], true)];
      fc.pre(mergeable(plain));
      expect(validate(schema, parse(spread))).toEqual([]);
      expect(shapeOf(spread)).toEqual(shapeOf(plain));
      expect(costs.estimate(parse(spread), {})).toEqual(costs.estimate(parse(plain), {}));
    }),
    { seed: 2021, numRuns: 300 },
  );
});

test('an answer never costs more than was estimated, where no list is longer than it may be', () => {
  const answer = fc.record({ rows: fc.integer({ min: 0, max: 1 }), few: fc.integer({ min: 0, max: 3 }) });
  fc.assert(
    fc.property(page, answer, (selected, { rows, few }) => {
      const query = written([selected], true);
      fc.pre(mergeable(query));
      const first = Number(/first: (\d)/u.exec(query)?.[1]);
      const data = answerOf([selected], { rows: rows * first, few });
      const { cost } = costs.estimate(parse(query), {});
      expect(costs.actual(parse(query), {}, null, data)).toBeLessThanOrEqual(cost);
    }),
    { seed: 2021, numRuns: 300 },
  );
});

/** Makes an answer with lists of the given lengths. */
function answerOf(
  selections: readonly Selected[],
  sizes: { readonly rows: number; readonly few: number },
): Record<string, unknown> {
  const entries = selections.map(({ text, type, inside }) => {
    const [, key = '', field = key] = /^(\w+)(?:: (\w+))?/u.exec(text) ?? [];
    const one = type ? answerOf(inside, sizes) : 1;
    const length = field === 'nodes' ? sizes.rows : field === 'few' ? sizes.few : null;
    return [key, length === null ? one : Array.from({ length }, () => one)];
  });
  return Object.fromEntries(entries);
}
