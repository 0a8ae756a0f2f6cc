import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, printSchema } from 'graphql';
import type { RequestScope } from '../server/requestScope.ts';

/** Serves the SDL that the asker sees, descriptions included, at /schema.graphql. */
export function serveSchema(app: FastifyInstance, schemaFor: (scope: RequestScope) => GraphQLSchema): void {
  const printed = new WeakMap<GraphQLSchema, string>();
  app.get('/schema.graphql', { config: { asksGraph: true } }, ({ scope }, reply) => {
    const current = schemaFor(scope);
    const sdl = printed.get(current) ?? printSchema(current);
    printed.set(current, sdl);
    return reply.type('text/plain; charset=utf-8').header('vary', 'authorization, x-api-key').send(sdl);
  });
}
