import type { IncomingHttpHeaders } from 'node:http';
import { GraphError } from '../../server/errors.ts';
import type { Viewer } from '../../server/viewer.ts';
import { localeOf } from './locale.ts';

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

/**
 * Gives who asks, in the language that the request asks for: whom its credential names, else `nobody` in particular.
 * Throws UNAUTHENTICATED for a request with two kinds of credentials: it is not guessed which of them is meant.
 */
export const identify =
  (credentials: readonly Credential[], nobody: Viewer) =>
  async (request: Presented): Promise<Viewer> => {
    let named: Viewer | null = null;
    for (const credential of credentials) {
      const found = credential(request);
      // Most answer at once; to wait for them costs a turn of the queue each.
      const viewer = found instanceof Promise ? await found : found;
      if (viewer && named) throw twoKinds();
      named ??= viewer;
    }
    return spokenTo(named ?? nobody, localeOf(request.headers));
  };

const spoken = new WeakMap<Viewer, Map<Viewer['locale'], Viewer>>();

/** Gives a viewer in a language: the same object for the same two, so that what is known of a viewer can be kept by it. */
function spokenTo(viewer: Viewer, locale: Viewer['locale']): Viewer {
  const known = spoken.get(viewer) ?? new Map<Viewer['locale'], Viewer>();
  spoken.set(viewer, known);
  const already = known.get(locale) ?? { ...viewer, locale };
  known.set(locale, already);
  return already;
}

const twoKinds = (): GraphError =>
  new GraphError('UNAUTHENTICATED', 'The request carries credentials of two kinds; send one of them.');
