import type { FastifyInstance } from 'fastify';
import { type GraphQLSchema, printSchema } from 'graphql';

/** Serves the SDL that clients see, descriptions included, at /schema.graphql. */
export function serveSchema(app: FastifyInstance, schema: () => GraphQLSchema): void {
  const printed = new WeakMap<GraphQLSchema, string>();
  app.get('/schema.graphql', (_request, reply) => {
    const current = schema();
    const sdl = printed.get(current) ?? printSchema(current);
    printed.set(current, sdl);
    return reply.type('text/plain; charset=utf-8').send(sdl);
  });
}
