import type { GraphQLFormattedError } from 'graphql';
import type { Answer } from './carrier.ts';

type Variables = Readonly<Record<string, unknown>>;
type Entity = Record<string, unknown> | null;

export interface Reduced {
  readonly variables: Variables;
  /** Gives the answer to the reduced variables as the answer to the original ones. */
  readonly expand: (answer: Answer) => Answer;
}

const asItIs = (answer: Answer): Answer => answer;

/**
 * Sends each entity reference of a fetch once: a page of a hundred activities of one unit asks for that unit once.
 * The planner repeats them, and a subgraph would read or at least answer each.
 */
export function withoutRepeats(variables: Variables): Reduced {
  const { representations } = variables;
  if (!Array.isArray(representations) || representations.length < 2) return { variables, expand: asItIs };
  const firsts = new Map<string, number>();
  const sent: unknown[] = [];
  const positions = representations.map((representation) => {
    const key = JSON.stringify(representation);
    const known = firsts.get(key);
    if (known !== undefined) return known;
    firsts.set(key, sent.length);
    return sent.push(representation) - 1;
  });
  if (sent.length === representations.length) return { variables, expand: asItIs };
  return {
    variables: { ...variables, representations: sent },
    expand: (answer) => expand(answer, positions),
  };
}

function expand(answer: Answer, positions: readonly number[]): Answer {
  const entities = answer.data?._entities;
  const errors = answer.errors?.flatMap((error) => everyPath(error, positions));
  const data = Array.isArray(entities)
    ? { ...answer.data, _entities: spread(entities, positions) }
    : answer.data;
  return { ...answer, ...(data === undefined ? {} : { data }), ...(errors ? { errors } : {}) };
}

// The gateway merges later fetches into these objects and renames their fields, so no two places may share one.
function spread(entities: readonly Entity[], positions: readonly number[]): Entity[] {
  const given = new Set<number>();
  return positions.map((position) => {
    const entity = entities[position] ?? null;
    if (!given.has(position)) {
      given.add(position);
      return entity;
    }
    return copy(entity) as Entity;
  });
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, copy(child)]));
}

function everyPath(error: GraphQLFormattedError, positions: readonly number[]): GraphQLFormattedError[] {
  const [root, index, ...rest] = error.path ?? [];
  if (root !== '_entities' || typeof index !== 'number') return [error];
  return positions.flatMap((position, place) =>
    position === index ? [{ ...error, path: [root, place, ...rest] }] : [],
  );
}
