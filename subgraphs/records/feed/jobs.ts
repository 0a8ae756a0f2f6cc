import type { Journal } from '../command/journal.ts';
import type { CommandRunner } from '../command/runCommand.ts';
import type { Secrets } from '../secrets.ts';
import { takeLease } from './lease.ts';

/** Work that the passing of time brings: a campaign becomes active, a unit's new name begins to hold. */
export interface Job<Models> {
  readonly name: string;
  readonly everyMs: number;
  /** Runs in one process at a time, and must be able to run again after a crash. */
  readonly run: (scope: JobScope<Models>) => Promise<void>;
}

export interface JobScope<Models> {
  readonly models: Models;
  readonly now: Date;
  readonly today: string;
  /** As the door was opened with. */
  readonly secrets: Secrets;
  /** Runs a command as the system itself; it is audited like any other. */
  readonly command: CommandRunner<Models>;
}

/** Makes the step of a job; the loop rests between two. */
export const jobStep =
  <Models>(journal: Journal, job: Job<Models>, holder: string, scope: () => JobScope<Models>) =>
  async (): Promise<'idle'> => {
    if (await takeLease(journal.positions, `job:${job.name}`, holder)) await job.run(scope());
    return 'idle';
  };
