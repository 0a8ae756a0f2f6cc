import { randomUUID } from 'node:crypto';
import type { Connection, Model } from 'mongoose';
import type { Journal } from './records/command/journal.ts';
import { consumer, type Follow, positionOf } from './records/feed/consumer.ts';
import type { Feed } from './records/feed/feed.ts';
import { type Job, type JobScope, jobStep } from './records/feed/jobs.ts';
import { giveLease } from './records/feed/lease.ts';
import { loop } from './records/feed/loop.ts';
import { SEQUENCER, sequencer } from './records/feed/sequencer.ts';
import { Wake } from './records/feed/wake.ts';

/** What goes on behind a door without being asked. */
export interface Work {
  /** Ends after the present steps, and gives the leases back. */
  readonly stop: () => Promise<void>;
}

export interface StartOptions {
  /** The feeds of the subgraphs that this one follows, by name. */
  readonly feedOf: (source: string) => Feed;
  readonly onError: (error: unknown, work: string) => void;
}

interface WorkOptions<Models> extends StartOptions {
  readonly connection: Connection;
  readonly journal: Journal;
  readonly models: Models;
  /** Its own events, by its name and where to read them. */
  readonly subgraph: string;
  readonly feed: Feed;
  readonly follows: readonly Follow<Models>[];
  readonly jobs: readonly Job<Models>[];
  readonly jobScope: () => JobScope<Models>;
  readonly today: () => string;
  /** Called when a command left events. */
  readonly committed: Wake;
  /** To be called when events got their numbers. */
  readonly numbered: Wake;
}

const LOOK_FOR_EVENTS_MS = 500;
const WAIT_FOR_LEASE_MS = 1_000;

/** Starts the loops of one subgraph: numbering its events, following others, jobs. Each runs under a lease. */
export function startWork<Models extends object>(options: WorkOptions<Models>): Work {
  const { journal, models, committed, numbered, subgraph, feed } = options;
  const feedOf = (source: string): Feed => (source === subgraph ? feed : options.feedOf(source));
  const holder = randomUUID();
  const ending = new AbortController();
  const { signal } = ending;
  const loops = [
    {
      name: SEQUENCER,
      step: numbering({ ...options, holder }),
      wake: committed,
      restMs: LOOK_FOR_EVENTS_MS,
    },
    ...options.follows.map((follow) => ({
      name: positionOf(follow.source),
      step: consumer({ ...options, models, follow, feed: feedOf(follow.source), holder, signal }),
      wake: new Wake(),
      restMs: WAIT_FOR_LEASE_MS,
    })),
    ...options.jobs.map((job) => ({
      name: `job:${job.name}`,
      step: jobStep(journal, job, holder, options.jobScope),
      wake: new Wake(),
      restMs: job.everyMs,
    })),
  ];
  const running = loops.map(({ name, ...each }) =>
    loop({ ...each, signal, onError: (error) => options.onError(error, name) }),
  );
  return {
    stop: async () => {
      ending.abort();
      numbered.call();
      await Promise.all(running);
      // A database that is gone keeps its leases; they end by themselves.
      await Promise.allSettled(loops.map(({ name }) => giveLease(journal.positions, name, holder)));
    },
  };
}

/** Numbers what was committed, and tells those who wait for it. */
function numbering<Models extends object>({
  connection,
  journal,
  models,
  numbered,
  holder,
}: WorkOptions<Models> & { readonly holder: string }) {
  const step = sequencer({ connection, journal, models: Object.values(models) as Model<unknown>[], holder });
  return async () => {
    const outcome = await step();
    numbered.call();
    return outcome;
  };
}
