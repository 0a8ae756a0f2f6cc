import type { FastifyRequest } from 'fastify';
import { holds } from '../../server/access/grants.ts';
import { GraphError } from '../../server/errors.ts';
import { EXPLAIN_HEADER, type Recorder } from '../../server/explain.ts';
import type { Viewer } from '../../server/viewer.ts';
import { createRecorder } from './recorder.ts';

/**
 * Gives what notes the cost of one request, when its header asks for that; the graph's own route alone is explained. In
 * development anybody may see it, elsewhere who holds `explain:read`.
 * @throws GraphError FORBIDDEN for everybody else: who looks for a cost must not read that there is none.
 * @throws GraphError BAD_REQUEST when the header says anything but 1 or 0.
 */
export const recorderOf =
  (development: boolean) =>
  ({ headers, routeOptions }: FastifyRequest, viewer: Viewer): Recorder | undefined => {
    const wish = headers[EXPLAIN_HEADER];
    if (wish === undefined || wish === '0' || routeOptions.url !== '/graphql') return undefined;
    if (wish !== '1') throw new GraphError('BAD_REQUEST', `${EXPLAIN_HEADER} takes 1, or 0 for no.`);
    if (development || holds(viewer, 'explain:read')) return createRecorder();
    throw new GraphError(
      'FORBIDDEN',
      `${EXPLAIN_HEADER} shows what an answer costs to whoever holds explain:read; ask without the header.`,
    );
  };
