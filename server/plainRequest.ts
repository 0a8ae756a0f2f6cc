import type { FastifyRequest } from 'fastify';
import { isObject } from './isObject.ts';
import type { AskedOperation } from './knownOperations.ts';

/** Gives the operation of a POST that is plainly right; null for every other request, which Apollo Server reads. */
export function plainRequest({ method, body, headers }: FastifyRequest): AskedOperation | null {
  if (method !== 'POST' || !isObject(body)) return null;
  const { query, operationName, variables, extensions } = body;
  if (typeof query !== 'string' || !isMissing(extensions)) return null;
  if (!isMissing(operationName) && typeof operationName !== 'string') return null;
  if (!isMissing(variables) && !isObject(variables)) return null;
  return {
    query,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    headers: { get: (name) => headers[name]?.toString() },
  };
}

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;
