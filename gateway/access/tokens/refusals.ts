import { GraphError } from '../../../server/errors.ts';

/**
 * A token that cannot be believed. The message says why and what would be right, never what stood in the token; the
 * header says it to OAuth clients (RFC 6750, 3.1).
 */
export const invalidToken = (why: string): GraphError =>
  new GraphError('UNAUTHENTICATED', `The token is not accepted: ${why}.`, {
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });

/** Credentials that are sent in a way that is not taken, whatever they say (RFC 6750, 3.1: invalid_request). */
export const unfitCredentials = (message: string): GraphError =>
  new GraphError('UNAUTHENTICATED', message, {
    headers: { 'www-authenticate': 'Bearer error="invalid_request"' },
  });

/** The issuer's keys cannot be had: nobody knows whether the token is good, and the client is not to blame. */
export const keysUnavailable = (cause: unknown): GraphError =>
  new GraphError('IDENTITY_UNAVAILABLE', 'Tokens cannot be checked just now; send the request again.', {
    cause,
  });
