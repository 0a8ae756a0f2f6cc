import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../../server/log.ts';
import { Member } from './member.ts';
import type { Shared } from './protocol.ts';
import type { Sum } from './sum.ts';

export interface WorkersOptions {
  readonly count: number;
  readonly shared: Shared;
  /** Where it is kept what they have counted. */
  readonly sum: Sum;
  /** How long running requests may take to end. */
  readonly drainTimeoutMs: number;
  readonly log: Log;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A worker that ran this long was well. */
const WELL_AFTER_MS = 60_000;
const COUNTS_WITHIN_MS = 1_000;
/** What else there is to close, when the requests have ended. */
const CLOSE_WITHIN_MS = 5_000;

/** Workers that share a port, and are kept running. */
export class Workers {
  readonly #options: WorkersOptions;
  readonly #members = new Set<Member>();
  readonly #stopping = new AbortController();
  #wait = FIRST_WAIT_MS;
  #rolling: Promise<void> = Promise.resolve();

  constructor(options: WorkersOptions) {
    this.#options = options;
  }

  /** Starts all; gives their address once all answer. Rejects with why one of them does not. */
  async start(): Promise<string> {
    const joining = Array.from({ length: this.#options.count }, () => this.#join());
    const [url = ''] = await Promise.all(joining);
    return url;
  }

  /** Puts a new one in the place of each, one after the other: the new one answers before the old one leaves. */
  roll(): Promise<void> {
    const { log } = this.#options;
    this.#rolling = this.#rolling.then(async () => {
      for (const member of [...this.#members]) await this.#exchange(member);
      log.info('all workers have been exchanged');
    });
    this.#rolling = this.#rolling.catch((error: unknown) => {
      if (!this.#isStopping) log.error({ error }, 'a new worker did not start; the old ones stay');
    });
    return this.#rolling;
  }

  /** Notes what each has counted by now; whoever does not say so soon stays as it was known last. */
  async count(): Promise<void> {
    const { sum } = this.#options;
    const counting = [...this.#members].map(async (member) => {
      if (member.state !== 'STARTING') sum.note(member.pid, await member.ask('counts'));
    });
    const impatience = new AbortController();
    const { signal } = impatience;
    await Promise.race([
      Promise.allSettled(counting),
      sleep(COUNTS_WITHIN_MS, undefined, { signal }).catch(() => {}),
    ]);
    impatience.abort();
  }

  /** Stops all, and starts none again. */
  readonly stop = async (): Promise<void> => {
    this.#stopping.abort();
    await Promise.all(
      [...this.#members].map((member) => {
        if (member.state === 'STARTING') member.kill();
        return member.state === 'SERVING' ? this.#end(member, 'stop') : member.ended;
      }),
    );
  };

  get #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  /** Starts one; gives its address once it answers. */
  async #join(): Promise<string> {
    this.#stopping.signal.throwIfAborted();
    const member = new Member(this.#options.shared);
    this.#members.add(member);
    void member.ended.then((reason) => this.#onEnd(member, reason));
    const url = await member.ready;
    member.state = 'SERVING';
    this.#options.log.info({ worker: member.pid }, 'a worker answers');
    return url;
  }

  #onEnd(member: Member, reason: string): void {
    const { sum, log } = this.#options;
    this.#members.delete(member);
    sum.end(member.pid);
    if (member.state !== 'SERVING' || member.hasHeir || this.#isStopping) return;
    log.error({ worker: member.pid, reason }, 'a worker ended; another one takes its place');
    if (performance.now() - member.startedAt > WELL_AFTER_MS) this.#wait = FIRST_WAIT_MS;
    void this.#again();
  }

  /** Starts another one in the place of one that ended, with growing pauses while that fails. */
  async #again(): Promise<void> {
    const wait = this.#wait;
    this.#wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    try {
      await sleep(wait, undefined, { signal: this.#stopping.signal });
      await this.#join();
    } catch (error) {
      if (this.#isStopping) return;
      this.#options.log.error({ error }, 'a worker did not start, which is tried again');
      await this.#again();
    }
  }

  async #exchange(old: Member): Promise<void> {
    if (old.state !== 'SERVING' || this.#isStopping) return;
    old.hasHeir = true;
    try {
      await this.#join();
    } catch (error) {
      old.hasHeir = false;
      // It has ended meanwhile, and nobody came.
      if (!this.#members.has(old)) void this.#again();
      throw error;
    }
    if (!this.#members.has(old) || this.#isStopping) return;
    this.#options.log.info({ worker: old.pid }, 'a worker leaves');
    await this.#end(old, 'leave');
  }

  async #end(member: Member, how: 'leave' | 'stop'): Promise<void> {
    const { sum, drainTimeoutMs, log } = this.#options;
    member.state = 'ENDING';
    const killer = setTimeout(() => member.kill(), 2 * drainTimeoutMs + CLOSE_WITHIN_MS);
    try {
      await member.ask(how);
      sum.note(member.pid, await member.ask('counts'));
    } catch (error) {
      log.warn({ worker: member.pid, error }, 'a worker did not end in order');
    }
    await member.letGo();
    clearTimeout(killer);
  }
}
