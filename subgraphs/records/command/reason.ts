import type { Faults } from './faults.ts';
import { MIN_REASON } from './inputs.ts';

/**
 * Who waits for an answer is told what is wrong in a sentence, not in a word (DOMAIN §2.4, §5.6): notes
 * RETURN_REASON_TOO_SHORT for a reason of fewer than 20 characters.
 */
export function checkReason(faults: Faults, reason: string): void {
  const length = [...reason].length;
  if (length >= MIN_REASON) return;
  faults.add('RETURN_REASON_TOO_SHORT', { path: ['input', 'reason'], params: { min: MIN_REASON, length } });
}
