import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphqlServer } from './apollo.ts';
import { refuseCrossSite } from './csrf.ts';
import { GraphError } from './errors.ts';
import { errorBody } from './httpErrors.ts';
import { plainRequest } from './plainRequest.ts';
import { Recent } from './recent.ts';
import type { GraphContext, RequestScope } from './requestScope.ts';

/** The servers behind one endpoint: askers may meet different ones. */
export interface GraphqlServers {
  readonly of: (scope: RequestScope) => GraphqlServer | Promise<GraphqlServer>;
  readonly stop: () => Promise<void>;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<string>;

/** How many values of `accept` are remembered. */
const KEPT_TYPES = 100;

/**
 * Answers POST and GET at /graphql through Apollo Server, or sooner what is known and asked plainly; every other method is
 * told which there are.
 */
export function serveGraphql(app: FastifyInstance, servers: GraphqlServers): void {
  const handle = handlerBy(servers);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    exposeHeadRoute: false,
    config: { asksGraph: true },
    preHandler: async (request, reply) => {
      refuseCrossSite(request);
      refuseBatch(request.body);
      refuseOtherTypes(request, reply);
    },
    handler: async (request, reply) => {
      const body = await handle(request, reply);
      const isComplete = reply.statusCode < 400 || body.includes('"requestId":');
      return isComplete ? body : withRequestId(body, request);
    },
  });
  app.route({
    method: ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/graphql',
    config: { asksGraph: true },
    handler: (request, reply) =>
      reply
        .code(405)
        .header('allow', 'GET, POST')
        .type('application/json; charset=utf-8')
        .send(errorBody('BAD_REQUEST', 'GraphQL is asked by POST, or by GET for queries.', request.id)),
  });
}

/** Gives what answers with what is known, and with Apollo Server else. */
function handlerBy(servers: GraphqlServers): Handler {
  const handlers = new WeakMap<GraphqlServer, Handler>();
  /** The content types that Apollo Server has answered with, by what was accepted. */
  const types = new Recent<string>(KEPT_TYPES);
  return async (request, reply) => {
    const server = await servers.of(request.scope);
    const { accept = '' } = request.headers;
    const type = types.get(accept);
    const plain = type && server.known ? plainRequest(request) : null;
    const answer = plain && (await server.known?.answer(plain, request.scope));
    if (type && answer) {
      void reply.code(answer.status).header('content-type', type);
      for (const [name, value] of answer.headers) void reply.header(name, value);
      return answer.body;
    }
    const handler = handlers.get(server) ?? handlerOf(server.apollo);
    handlers.set(server, handler);
    const body = await handler(request, reply);
    if (reply.statusCode === 200) types.set(accept, String(reply.getHeader('content-type')));
    return body;
  };
}

const handlerOf = (apollo: ApolloServer<GraphContext>): Handler =>
  fastifyApolloHandler(apollo, {
    context: async ({ scope }: FastifyRequest) => ({ scope }),
  }) as Handler;

function refuseBatch(body: unknown): void {
  if (!Array.isArray(body)) return;
  throw new GraphError('BAD_REQUEST', 'One request holds one operation; batches are not taken.');
}

/** Apollo looks at `accept` when all is done, a mutation included; a client that cannot read the answer is refused before. */
function refuseOtherTypes({ headers: { accept } }: FastifyRequest, reply: FastifyReply): void {
  if (!accept || /\*\/\*|application\/(\*|json|graphql-response\+json)/u.test(accept)) return;
  void reply.code(406);
  throw new GraphError('BAD_REQUEST', 'Answers are application/graphql-response+json or application/json.');
}

/** Completes a refusal that Apollo made before it had a context. */
function withRequestId(body: string, { id, scope }: FastifyRequest): string {
  const answer = JSON.parse(body) as { errors: { extensions: Record<string, unknown> }[] };
  for (const { extensions } of answer.errors) extensions.requestId = id;
  scope.outcome.codes = answer.errors.map(({ extensions }) => String(extensions.code));
  return JSON.stringify(answer);
}
