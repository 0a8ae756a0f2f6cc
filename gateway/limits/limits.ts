import type { Role } from '../../server/viewer.ts';

/** What one operation may ask. Everything is counted as if every fragment were written out. */
export interface Limits {
  /** Fields inside each other; introspection is not counted. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields of the operation's root. */
  readonly rootFields: number;
  readonly fields: number;
  readonly directives: number;
  /** Directives at one place. */
  readonly directivesAtOnce: number;
  /** Lists and input objects inside each other, in a variable or an argument. */
  readonly inputDepth: number;
  /** Items of one list that is given. */
  readonly listLength: number;
  /** Characters of one text that is given. */
  readonly stringLength: number;
  /** The estimated cost; docs/limits.md says how it is counted. Null where it is not limited. */
  readonly cost: number | null;
  /** Rows of one page of a connection, where that is less than the subgraphs give; null where it is not. */
  readonly page: number | null;
}

/** Dashboards and officers, who have a name in the organisation. */
const inside: Limits = {
  depth: 12,
  aliases: 30,
  rootFields: 30,
  fields: 1_000,
  directives: 50,
  directivesAtOnce: 4,
  inputDepth: 12,
  listLength: 1_000,
  stringLength: 20_000,
  cost: 5_000,
  page: null,
};

/** Partners and whoever has no name (DOMAIN §5.3; API.md, rule 2). */
const outside: Limits = {
  ...inside,
  rootFields: 15,
  fields: 500,
  listLength: 200,
  stringLength: 2_000,
  cost: 1_000,
  page: 50,
};

const withoutCost = new Map([inside, outside].map((limits) => [limits, { ...limits, cost: null }]));

/**
 * The limits of a role. Over a graph that does not say how long its lists are (`isGuess`) a cost is a guess, which refuses
 * nobody.
 */
export const limitsOfRole = (role: Role, isGuess = false): Limits => {
  const limits = role === 'PARTNER' || role === 'PUBLIC' ? outside : inside;
  return (isGuess && withoutCost.get(limits)) || limits;
};

/** Words of a document at most, whoever asks: the parser counts them, before anything of the document is known. */
export const MAX_TOKENS = 4_000;

/** No limit on what a document looks like, for one that was read by somebody before it was registered. */
export const anyShape = {
  depth: Number.POSITIVE_INFINITY,
  aliases: Number.POSITIVE_INFINITY,
  rootFields: Number.POSITIVE_INFINITY,
  fields: Number.POSITIVE_INFINITY,
  directives: Number.POSITIVE_INFINITY,
  directivesAtOnce: Number.POSITIVE_INFINITY,
} as const satisfies Partial<Limits>;
