import type { IncomingHttpHeaders } from 'node:http';
import type { Viewer } from '../../server/viewer.ts';

/** What of a request can say who asks. */
export interface Presented {
  readonly headers: IncomingHttpHeaders;
  /** The path with its query. */
  readonly url: string;
}

/**
 * One kind of credential: gives the viewer that it names, null when the request carries none of its kind, or throws
 * UNAUTHENTICATED when it carries one that cannot be believed.
 */
export type Credential = (request: Presented) => Viewer | null | Promise<Viewer | null>;

/** Gives who asks: whom the first credential names, else nobody in particular. */
export const identify =
  (credentials: readonly Credential[], nobody: (request: Presented) => Viewer) =>
  async (request: Presented): Promise<Viewer> => {
    for (const credential of credentials) {
      const viewer = await credential(request);
      if (viewer) return viewer;
    }
    return nobody(request);
  };
