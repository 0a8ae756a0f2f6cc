import { type Fault, isForbidden } from '../graph/faults.ts';
import type { Why } from './messages.ts';

const byCode: Readonly<Record<string, Why>> = {
  SUBGRAPH_UNAVAILABLE: 'down',
  SUBGRAPH_TIMEOUT: 'down',
  DATABASE_UNAVAILABLE: 'down',
  REQUEST_TIMEOUT: 'down',
  SHUTTING_DOWN: 'down',
  IDENTITY_UNAVAILABLE: 'down',
  ENTITY_NOT_FOUND: 'notFound',
  NOT_FOUND: 'notFound',
  UNAUTHENTICATED: 'unauthenticated',
  RATE_LIMITED: 'busy',
  NETWORK: 'network',
  BAD_USER_INPUT: 'invalid',
  INPUT_INVALID: 'invalid',
  PERIOD_INVALID: 'invalid',
  CURSOR_INVALID: 'invalid',
  CURSOR_MISMATCH: 'invalid',
};

/** Gives the reason that a person is told for a fault; the code's own text is in docs/errors.md. */
export const whyOf = (fault: Fault): Why =>
  isForbidden(fault) ? 'forbidden' : (byCode[fault.code] ?? 'other');
