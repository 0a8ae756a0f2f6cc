import type { RequestScope } from '../../server/requestScope.ts';
import { anyShape, type Limits, limitsOfRole } from '../limits/limits.ts';
import type { Manifest } from './manifest.ts';

/**
 * What one operation of a request may ask: what the role may; a partner's manifest says what it may cost, and the
 * registered documents of one that is trusted may have any shape. What they are given as variables comes from outside.
 */
export function limitsOfRequest(
  { viewer, registered }: RequestScope,
  partner: Manifest | null,
  isGuess: boolean,
): Limits {
  const limits = limitsOfRole(viewer.role, isGuess);
  // Limits that stay the same object are held against a document once.
  if (!partner && !registered?.trusted) return limits;
  return {
    ...limits,
    ...(registered?.trusted ? anyShape : {}),
    cost: partner?.cost.perOperation ?? limits.cost,
  };
}
