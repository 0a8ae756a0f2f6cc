import type { GraphQLFormattedError } from 'graphql';
import { Deadline } from '../../server/deadline.ts';
import { type ErrorCode, errorCodes, GraphError } from '../../server/errors.ts';
import type { RequestScope } from '../../server/requestScope.ts';
import type { Cell } from './csv.ts';
import type { ExportRequest } from './parameters.ts';

/** The columns, which are fields of SupportExportRow. */
export const columns = [
  ...['unitCode', 'kind', 'group', 'provinceCode', 'month', 'targeted', 'reached', 'amount', 'suppressed'],
] as const;

const operation = `query SupportExportCsv($filter: SupportActivityFilter, $after: String) {
  supportExport(filter: $filter, first: 100, after: $after) {
    edges { cursor node { ${columns.join(' ')} } }
    pageInfo { hasNextPage endCursor }
  }
}`;

interface Row {
  readonly cursor: string;
  readonly node: Readonly<Record<string, Cell>>;
}

/** What the graph answers to one page. */
export interface PageAnswer {
  readonly data?: {
    readonly supportExport?: {
      readonly edges: readonly Row[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  } | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** Asks the graph as any request does: validated, limited and masked. */
export type AskGraph = (
  request: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
  scope: RequestScope,
) => Promise<PageAnswer>;

/**
 * Reads the rows page by page through the graph, each page with a deadline of its own. Throws the error of a page that
 * cannot be read.
 */
export async function* pagesOf(
  ask: AskGraph,
  { filter, after }: ExportRequest['variables'],
  scope: RequestScope,
): AsyncGenerator<readonly Row[], void, void> {
  for (let cursor = after; ; ) {
    const page = await readPage(ask, { filter, after: cursor }, scope);
    yield page.edges;
    if (!page.pageInfo.hasNextPage) return;
    cursor = page.pageInfo.endCursor;
  }
}

async function readPage(ask: AskGraph, variables: ExportRequest['variables'], scope: RequestScope) {
  const { errors, data } = await ask(
    { query: operation, variables },
    {
      ...scope,
      deadline: new Deadline(scope.deadline.limitMs),
      outcome: { operationName: null, operationType: null, codes: [] },
    },
  );
  const [error] = errors ?? [];
  if (error) throw errorOf(error);
  if (!data?.supportExport)
    throw new Error('The graph answered a page of the export with neither rows nor an error.');
  return data.supportExport;
}

/** The error as the graph gave it, which has been masked and logged there. */
function errorOf({ message, extensions }: GraphQLFormattedError): GraphError {
  const code = String(extensions?.code);
  return new GraphError(code in errorCodes ? (code as ErrorCode) : 'INTERNAL_SERVER_ERROR', message);
}
