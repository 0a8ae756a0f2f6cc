import { createHash } from 'node:crypto';
import { ApolloGateway } from '@apollo/gateway';
import fc from 'fast-check';
import { executeSync, type FormattedExecutionResult, type GraphQLFormattedError, parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Executor } from '../../gateway/access/guardedExecutor.ts';
import { openPlanner, type Planner } from '../../gateway/planner.ts';
import { createLog } from '../../server/log.ts';
import { selectionOf } from '../harness/selection.ts';
import { askGalaxy, composeGalaxy } from './galaxy.ts';

/** How a subgraph's answer is made wrong; it depends on the answer alone, so that both executors are told the same. */
type Spoil = (subgraph: string, answer: FormattedExecutionResult) => FormattedExecutionResult;

let spoil: Spoil = (_subgraph, answer) => answer;
let ours: Planner;
let apollos: ApolloGateway;
let apollosExecutor: Executor;
let withAtlas: Planner;

const plannerOf = (sdl: string): Promise<Planner> =>
  openPlanner({
    sdl,
    takesDocuments: false,
    log: createLog('silent', 'galaxy'),
    sourceOf:
      (name) =>
      async ({ query, variables }) =>
        spoil(name, await askGalaxy(name, query, variables)),
  });

beforeAll(async () => {
  const sdl = composeGalaxy(['stars', 'weights', 'guide']);
  ours = await plannerOf(sdl);
  withAtlas = await plannerOf(composeGalaxy(['stars', 'weights', 'guide', 'atlas']));
  apollos = new ApolloGateway({
    supergraphSdl: sdl,
    buildService: ({ name }) => ({
      process: async ({ request }) =>
        spoil(name, await askGalaxy(name, request.query ?? '', request.variables ?? {})) as never,
    }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  apollosExecutor = (await apollos.load()).executor as Executor;
});
afterAll(async () => {
  await ours.stop();
  await withAtlas.stop();
  await apollos.stop();
});

const requestOf = (query: string, variables: Readonly<Record<string, unknown>>) => ({
  document: parse(query),
  queryHash: createHash('sha256').update(query).digest('hex'),
  request: { query, variables },
  context: { scope: {} },
  metrics: {},
});

async function answerOf(
  executor: Executor,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<FormattedExecutionResult> {
  const request = requestOf(query, variables) as unknown as Parameters<Executor>[0];
  return JSON.parse(JSON.stringify(await executor(request)));
}

const bothTo = async (query: string, variables?: Readonly<Record<string, unknown>>) => ({
  our: await answerOf(ours.executor, query, variables),
  their: await answerOf(apollosExecutor, query, variables),
});

/** What Apollo's executor finds wrong with an answer is hidden in its extensions. */
const theirErrors = ({ errors, extensions }: FormattedExecutionResult): readonly GraphQLFormattedError[] =>
  errors ?? (extensions?.valueCompletion as GraphQLFormattedError[] | undefined) ?? [];

const placesOf = (errors: readonly GraphQLFormattedError[] = []): string[] =>
  errors.map(({ path }) => JSON.stringify(path ?? null)).sort();

/** Whether an answer is null at a path, or before its end. */
const isNullAt = (data: unknown, [first, ...rest]: readonly (string | number)[]): boolean =>
  data === null || (first !== undefined && isNullAt((data as Record<string | number, unknown>)[first], rest));

const rootOf = (planner: Planner) => {
  const query = planner.apiSchema.getQueryType();
  if (!query) throw new Error('no queries');
  return query;
};

const operations = fc.gen().map((g) => {
  const selection = selectionOf(ours.apiSchema, rootOf(ours), 4, g);
  const query = `query Q($yes: Boolean! = true) { used: __typename @include(if: $yes) ${selection} }`;
  // Who looks at the order of an answer wants to know the type of every object.
  return query.replaceAll('{ ', '{ __typename ');
});

/** The names of an answer in the order in which the specification wants them: as they were selected. */
const inOrder = (query: string, variables: Readonly<Record<string, unknown>>, data: unknown): unknown =>
  executeSync({
    schema: ours.apiSchema,
    document: parse(query),
    variableValues: variables,
    rootValue: data,
    typeResolver: (value) => (value as { __typename: string }).__typename,
    fieldResolver: (source, _args, _context, { path }) => (source as Record<string, unknown>)[path.key],
  }).data;

describe('a plan', () => {
  it('is executed to the answer of Apollo, with its names in the order of the selection', async () => {
    await fc.assert(
      fc.asyncProperty(
        operations,
        fc.constantFrom({}, { yes: true }, { yes: false }),
        async (query, variables) => {
          spoil = (_subgraph, answer) => answer;
          const { our, their } = await bothTo(query, variables);
          expect(our.data).toEqual(their.data);
          // The planner forgets what stands under an @include with nothing left to include, and both say so.
          expect(placesOf(our.errors)).toEqual(placesOf(theirErrors(their)));
          if (!our.errors)
            expect(JSON.stringify(our.data)).toBe(JSON.stringify(inOrder(query, variables, our.data)));
        },
      ),
      { numRuns: 120, seed: 20_210_815 },
    );
  });

  it('is executed to the same answer, with errors that say why, where subgraphs answer with nulls and nonsense', async () => {
    let broken = 0;
    await fc.assert(
      fc.asyncProperty(operations, fc.nat(), async (query, salt) => {
        spoil = spoiler(salt);
        const { our, their } = await bothTo(query);
        expect(our.data).toEqual(their.data);
        // Which of several errors under one null is told is left open (GraphQL, 6.4.4): each is about a null.
        if (theirErrors(their).length > 0) expect(our.errors).toBeDefined();
        for (const { path = [] } of our.errors ?? [])
          expect([path, isNullAt(our.data, path)]).toEqual([path, true]);
        broken += our.errors ? 1 : 0;
      }),
      { numRuns: 300, seed: 20_210_815 },
    );
    expect(broken).toBeGreaterThan(50);
  });

  it('tells what a subgraph said, at its place in the answer', async () => {
    const lost = { message: 'No scales.', extensions: { code: 'LOST' } };
    spoil = (subgraph, answer) =>
      subgraph === 'weights'
        ? { data: null, errors: [{ ...lost, path: ['_entities', 0, 'weight'] }] }
        : answer;
    const our = await answerOf(
      ours.executor,
      '{ grid { name weight } found { ... on Star { name weight } } }',
    );
    const error = { ...lost, extensions: { ...lost.extensions, serviceName: 'weights' } };
    expect(our.data).toEqual({
      grid: [[{ name: 'Planet 1a', weight: null }, null], [], [{ name: 'Planet 2b', weight: null }]],
      // It may not be null, so that the list is.
      found: null,
    });
    expect(our.errors).toEqual([
      { ...error, locations: [{ line: 1, column: 15 }], path: ['grid', 0, 0, 'weight'] },
      // The planet before it was no star to ask for.
      { ...error, locations: [{ line: 1, column: 51 }], path: ['found', 1, 'weight'] },
    ]);
  });

  it('says of each null that moved up why it is there, where no subgraph has said it', async () => {
    const burnt = { message: 'The book is burnt.', path: ['tale'], extensions: { code: 'BURNT' } };
    spoil = (subgraph, answer) => {
      if (subgraph === 'guide') return { data: { tale: null }, errors: [burnt] };
      // Nothing is known of the star, which is no error.
      return subgraph === 'weights' ? { data: { _entities: [null] } } : answer;
    };
    const our = await answerOf(ours.executor, '{ star(id: "1") { name weight } tale { text } }');
    expect(our.data).toEqual({ star: null, tale: null });
    expect(our.errors?.map(({ message, path }) => [message, path])).toEqual([
      ['The book is burnt.', ['tale']],
      ['Cannot return null for non-nullable field Star.weight.', ['star', 'weight']],
    ]);
  });

  it.each([
    [
      '{ stars { __typename pages } }',
      {
        stars: [
          { __typename: 'Star', pages: 1 },
          { __typename: 'Star', pages: 1 },
        ],
      },
    ],
    [
      '{ starred { __typename pages ... on Planet { name notes { about { __typename name } } } } }',
      {
        starred: [
          { __typename: 'Star', pages: 1 },
          {
            __typename: 'Planet',
            pages: 2,
            name: 'Planet 2a',
            notes: [{ about: { __typename: 'Star', name: 'Star 2' } }],
          },
        ],
      },
    ],
  ])('keeps the type of an object where a subgraph knows only its interface: %s', async (query, data) => {
    spoil = (_subgraph, answer) => answer;
    expect(await answerOf(withAtlas.executor, query)).toEqual({ data });
  });

  it('has names that every object inherits', async () => {
    spoil = (_subgraph, answer) => answer;
    const query = '{ __proto__: stars { constructor: name __proto__: id toString: weight } }';
    const answer = await answerOf(ours.executor, query);
    expect(JSON.stringify(answer.data)).toBe(
      '{"__proto__":[{"constructor":"Star 1","__proto__":"1","toString":99},{"constructor":"Star 2","__proto__":"2","toString":99}]}',
    );
  });
});

/** Makes some of the values of an answer null and some of another type, chosen by what they are and where. */
function spoiler(salt: number): Spoil {
  const chance = (key: string): number =>
    createHash('md5').update(`${salt} ${key}`).digest().readUInt16BE() % 12;
  const spoilt = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => spoilt(item, `${key}.${index}`));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, child]) => [
          name,
          name === '__typename' || name === 'id' ? child : either(child, `${key}.${name}`),
        ]),
      );
    }
    return value;
  };
  const either = (value: unknown, key: string): unknown => {
    if (chance(key) === 0) return null;
    if (chance(key) === 1 && typeof value !== 'object') return typeof value === 'boolean' ? 'NONSENSE' : true;
    return spoilt(value, key);
  };
  return (_subgraph, answer) => {
    const { _entities: entities, ...rest } = answer.data ?? {};
    const data = spoilt(rest, '') as Record<string, unknown>;
    return { ...answer, data: entities ? { ...data, _entities: spoilt(entities, 'e') } : data };
  };
}
