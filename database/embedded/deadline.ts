import { fail } from './core/errors.ts';

/** Throws 50 once the time of an operation is up. */
export function checkDeadline(deadline: number | undefined): void {
  if (deadline !== undefined && Date.now() >= deadline) {
    fail(50, 'MaxTimeMSExpired', 'operation exceeded time limit');
  }
}
