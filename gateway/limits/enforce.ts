import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import { type ASTNode, type DocumentNode, GraphQLError, parse, type ValidationRule } from 'graphql';
import { type ErrorCode, type ErrorParams, GraphError } from '../../server/errors.ts';
import type { GraphContext, RequestScope } from '../../server/requestScope.ts';
import type { CostModel, Estimate } from './cost.ts';
import { type InputShape, literalShape, variablesShape } from './inputs.ts';
import type { Limits } from './limits.ts';
import { type Shape, shapesOf } from './shape.ts';

/** Gives the limits of a request, the same ones for equal askers; null where nothing is limited. */
export type LimitsOf = (scope: RequestScope, costs: Pick<CostModel, 'isGuess'>) => Limits | null;

export interface EnforceOptions {
  readonly limitsOf: LimitsOf;
  /** The cost model of the moment; it changes when the gateway goes over to another supergraph. */
  readonly costs: () => CostModel;
}

/** The header by which a client asks for the cost of its operation, in `extensions.cost`. */
const COST_HEADER = 'x-cost';

type Context = GraphQLRequestContext<GraphContext>;

/** Refuses what asks too much before anything of it is planned or fetched, and tells what an operation costs. */
export function enforceLimits({ limitsOf, costs }: EnforceOptions): ApolloServerPlugin<GraphContext> {
  return {
    requestDidStart: async ({ contextValue: { scope } }) => {
      const limits = limitsOf(scope, costs());
      let estimate: Estimate | undefined;
      return {
        validationDidStart: async (context) => {
          const faults = limits && context.document ? documentFaults(context.document, limits) : [];
          if (faults.length > 0) Object.assign(context, { document: refused(faults) });
        },
        didResolveOperation: async (context) => {
          const { document, request, operation } = context;
          if (!operation) return;
          const variables = request.variables ?? {};
          // A document that is known is not validated again, whoever asks it now.
          if (limits)
            throwFirst([...documentFaults(document, limits), ...variablesFaults(variables, limits)]);
          estimate = costs().estimate(document, variables, request.operationName);
          if (limits) throwFirst(estimateFaults(estimate, limits));
        },
        willSendResponse: async (context) => {
          if (estimate && context.request.http?.headers.get(COST_HEADER) === '1')
            tell(context, estimate.cost, limits, costs());
        },
      };
    },
  };
}

function tell(context: Context, estimated: number, limits: Limits | null, costs: CostModel): void {
  const { document, request, response } = context;
  if (!document || response.body?.kind !== 'single') return;
  const { singleResult } = response.body;
  const { data } = singleResult;
  const actual = data ? costs.actual(document, request.variables ?? {}, request.operationName, data) : null;
  const cost = { estimated, actual, limit: limits?.cost ?? null };
  singleResult.extensions = { ...singleResult.extensions, cost };
}

const refusals = new WeakMap<DocumentNode, readonly GraphQLError[]>();

/**
 * Apollo Server has no way to refuse a document between parsing and validating, and validating is what a document that is
 * too large makes expensive. So that it is given an empty one to validate, and {@link refusalRule} says what was wrong.
 */
function refused(faults: readonly GraphQLError[]): DocumentNode {
  const document = parse('{ __typename }', { noLocation: true });
  refusals.set(document, faults);
  return document;
}

/** Reports why a document was refused. */
export const refusalRule: ValidationRule = (context) => ({
  Document: {
    enter: (node) => {
      for (const fault of refusals.get(node) ?? []) context.reportError(fault);
    },
  },
});

type Counted = Readonly<Partial<Record<keyof Limits, number>>>;

/** The codes in the order in which they are said, and how they say what was asked. */
const words = {
  depth: ['DEPTH_EXCEEDED', (was) => `is ${was} fields deep`],
  rootFields: ['ROOT_FIELDS_EXCEEDED', (was) => `has ${was} fields at its root`],
  aliases: ['ALIASES_EXCEEDED', (was) => `has ${was} aliases`],
  fields: ['FIELDS_EXCEEDED', (was) => `asks for ${was} fields`],
  directives: ['DIRECTIVES_EXCEEDED', (was) => `has ${was} directives`],
  directivesAtOnce: ['DIRECTIVES_EXCEEDED', (was) => `has ${was} directives at one place`],
  inputDepth: ['INPUT_DEPTH_EXCEEDED', (was) => `gives a value that is ${was} lists and objects deep`],
  listLength: ['LIST_LENGTH_EXCEEDED', (was) => `gives a list of ${was} items`],
  stringLength: ['STRING_LENGTH_EXCEEDED', (was) => `gives a text of ${was} characters`],
  page: ['PAGE_SIZE', (was) => `asks for a page of ${was} rows`],
  cost: ['COST_EXCEEDED', (was) => `costs ${was}`],
} as const satisfies Record<keyof Limits, readonly [ErrorCode, (was: number) => string]>;

const kinds = Object.keys(words) as (keyof Limits)[];

function faultsOf(counted: Counted, limits: Limits, nodes?: ASTNode): GraphQLError[] {
  return kinds.flatMap((kind) => {
    const [was, limit] = [counted[kind], limits[kind]];
    if (was === undefined || limit === null || was <= limit) return [];
    const [code, say] = words[kind];
    const message = `The operation ${say(was)}; at most ${limit} are allowed.`;
    const originalError = new GraphError(code, message, { params: paramsOf(kind, was, limit) });
    // Apollo Server takes the status from here.
    const extensions = { http: { status: 400 } };
    return [new GraphQLError(message, { nodes: nodes ?? null, originalError, extensions })];
  });
}

/** As the same code says it elsewhere: subgraphs of a page, budgets of what a partner's minute may cost. */
function paramsOf(kind: keyof Limits, was: number, limit: number): ErrorParams {
  if (kind === 'page') return { first: was, max: limit };
  return kind === 'cost' ? { limit, used: was, reset: null } : { was, limit };
}

const within = new WeakMap<DocumentNode, WeakSet<Limits>>();

/** What is wrong with a document by itself. Found to be within limits it is not looked at again. */
function documentFaults(document: DocumentNode, limits: Limits): readonly GraphQLError[] {
  const known = within.get(document) ?? new WeakSet();
  if (known.has(limits)) return [];
  const faults = faultsIn(document, limits);
  if (faults.length === 0) within.set(document, known.add(limits));
  return faults;
}

function faultsIn(document: DocumentNode, limits: Limits): GraphQLError[] {
  const shapes = [...shapesOf(document)].flatMap(([node, shape]) => {
    // Where a fragment is spread says how deep it lies; an introspection query has fragments that are deep by themselves.
    const { rootFields, depth, ...inside }: Shape = shape;
    return faultsOf(node.kind === 'OperationDefinition' ? shape : inside, limits, node);
  });
  const faults = [...shapes, ...inputFaults(literalShape(document), limits)];
  // One that is too large in many fragments is too large once.
  const codes = faults.map(codeOf);
  return faults.filter((fault, index) => codes.indexOf(codeOf(fault)) === index);
}

const codeOf = ({ originalError }: GraphQLError): string => (originalError as GraphError).code;

const inputFaults = (shape: InputShape, limits: Limits): GraphQLError[] => faultsOf({ ...shape }, limits);

const variablesFaults = (variables: Readonly<Record<string, unknown>>, limits: Limits): GraphQLError[] =>
  inputFaults(variablesShape(variables), limits);

const estimateFaults = ({ cost, page }: Estimate, limits: Limits): GraphQLError[] =>
  faultsOf({ cost, page }, limits);

function throwFirst([first]: readonly GraphQLError[]): void {
  if (first) throw first;
}
