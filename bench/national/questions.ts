import { readdirSync, readFileSync } from 'node:fs';
import { Kind, type OperationDefinitionNode, parse, type TypeNode } from 'graphql';
import { rollups } from './rollups.ts';
import type { Variety } from './variety.ts';

/** The data of an answer without errors. */
export type Asked = Readonly<Record<string, unknown>>;

/** An operation, and what it is asked with in turn. */
export interface Question {
  /** Such as "D3 support-by-province". */
  readonly name: string;
  readonly query: string;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
  /** Which of its variables differ from one request to the next. */
  readonly varied: readonly string[];
  /** What counts: that it does not grow, or that it keeps within a time where it has to read the facts. */
  readonly goal: 'ratio' | 'time';
}

/** An operation as its file says it. */
export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly documented: Readonly<Record<string, unknown>>;
  readonly goal: 'ratio' | 'time';
}

const directory = new URL('../../schema/operations/', import.meta.url);
const VARIANTS = 100;
const OTHER_CAMPAIGN_EVERY = 4;
const months = ['2021-08', '2021-09', '2021-10', '2021-11', '2021-12', '2022-01', '2022-02', '2022-03'];

/** Every named operation by its number, then the rollups that read facts. */
export function operations(): Operation[] {
  const named = readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => operationOf(file.replace('.graphql', '')))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  return [...named, ...rollups()];
}

function operationOf(file: string): Operation {
  const query = readFileSync(new URL(`${file}.graphql`, directory), 'utf8');
  const documented = JSON.parse(readFileSync(new URL(`${file}.json`, directory), 'utf8'));
  const number = /^# ([DP]\d+)\./u.exec(query)?.[1] ?? '';
  return { name: `${number} ${file}`, query, documented, goal: /AS_OF/u.test(query) ? 'time' : 'ratio' };
}

/**
 * Gives an operation many different variables: a new operation is varied by the types of its own variables, so that
 * none is forgotten. Units go through the levels in turn; where an operation is paged and knows no unit, its pages.
 */
export function questionOf(operation: Operation, variety: Variety, cursors: readonly string[]): Question {
  const waysOf = (pages: readonly string[]) =>
    definitionsOf(operation.query).flatMap(({ name, type }) => {
      const way = wayOf(name, type, variety, pages, operation.documented[name]);
      return way ? [{ name, way }] : [];
    });
  // A cursor belongs to the variables that it was given with: pages vary only where nothing else does.
  const others = waysOf([]);
  const ways = others.length > 0 ? others : waysOf(cursors);
  const variables = Array.from({ length: ways.length > 0 ? VARIANTS : 1 }, (_, turn) => ({
    ...operation.documented,
    ...Object.fromEntries(ways.map(({ name, way }) => [name, way(turn)])),
  }));
  const { name, query, goal } = operation;
  return { name, query, variables, goal, varied: ways.map((each) => each.name) };
}

/** Whether an operation is one list that is read page by page, and not about a unit or a campaign. */
export const isPaged = ({ query }: Operation): boolean => {
  const types = definitionsOf(query);
  return types.some(({ name }) => name === 'after') && !types.some(({ type }) => /Code$/u.test(type));
};

const definitionsOf = (query: string): { name: string; type: string }[] =>
  (
    parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode
  ).variableDefinitions?.map(({ variable, type }) => ({ name: variable.name.value, type: nameOf(type) })) ??
  [];

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);

type Way = (turn: number) => unknown;

const turnOf = <T>(list: readonly T[], turn: number): T | undefined => list[turn % list.length];

/**
 * How a variable is varied; undefined for those that keep the value they are documented with. Days and periods that the
 * documented variables leave out keep the operation's own default, which says what it is for.
 */
function wayOf(
  name: string,
  type: string,
  { units, campaigns, words }: Variety,
  cursors: readonly string[],
  documented: unknown,
): Way | undefined {
  if (type === 'UnitCode')
    return (turn) => turnOf(turnOf(units, turn) ?? [], Math.floor(turn / units.length));
  if (type === 'CampaignCode' && campaigns.length > 1)
    return (turn) =>
      turn % OTHER_CAMPAIGN_EVERY === 0 ? turnOf(campaigns, turn / OTHER_CAMPAIGN_EVERY) : documented;
  if (type === 'PeriodCode') return (turn) => turnOf(months, turn);
  if (type === 'PeriodInput' && documented !== undefined) return (turn) => ({ code: turnOf(months, turn) });
  if (type === 'Date' && documented !== undefined) return (turn) => daysAfter(String(documented), turn % 28);
  if (name === 'text') return (turn) => turnOf(words, turn);
  if (name === 'after' && cursors.length > 0) return (turn) => turnOf([null, ...cursors], turn);
  return undefined;
}

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
