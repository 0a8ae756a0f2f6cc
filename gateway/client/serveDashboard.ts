import type { FastifyInstance } from 'fastify';
import type { Client } from './client.ts';
import { sendFile } from './sendFile.ts';
import { ownOriginOnly, sendPage } from './sendPage.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** Serves what the pages load, whichever page it is: Vite names these files by what is in them. */
export function serveAssets(app: FastifyInstance, client: Pick<Client, 'state'>): void {
  app.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    const state = await client.state();
    const file = state.kind === 'BUILT' ? state.files.byPath.get(`assets/${request.params['*']}`) : undefined;
    if (file) void reply.header('cache-control', FOR_EVER);
    return sendFile(request, reply, file);
  });
}

/**
 * Serves the dashboard at /dashboard and at every address under it: the page reads from the address what to show. While it
 * is being built, a page says so and asks again by itself. Where there are askers, it lets a person choose among them.
 */
export function serveDashboard(
  app: FastifyInstance,
  client: Pick<Client, 'state'>,
  askers: readonly object[],
): void {
  const options = { config: { contentSecurityPolicy: ownOriginOnly } };
  app.get('/dashboard', options, (_request, reply) => reply.redirect('/dashboard/', 308));
  app.get('/dashboard/askers.json', () => askers);
  app.get('/dashboard/*', options, async (request, reply) =>
    sendPage(request, reply, await client.state(), 'dashboard.html'),
  );
}
