import cluster, { type Worker } from 'node:cluster';
import { fileURLToPath } from 'node:url';
import { StartError } from '../../server/startError.ts';
import { type Peer, peerOf } from './channel.ts';
import type { Asked, Shared, Told } from './protocol.ts';

const program = fileURLToPath(new URL('./main.ts', import.meta.url));

/** One worker, seen from the primary. */
export class Member {
  /** Whether it is to answer: not yet, now, or no longer. */
  state: 'STARTING' | 'SERVING' | 'ENDING' = 'STARTING';
  /** Whether another one is to take its place, or has taken it. */
  hasHeir = false;
  readonly startedAt = performance.now();
  readonly #worker: Worker;
  readonly #peer: Peer<Asked>;
  #failure: Error | undefined;
  /** The address it answers at, once it does. Rejects with why it ended before. */
  readonly ready: Promise<string>;
  /** Why it ended, once it has. */
  readonly ended: Promise<string>;

  /** Starts a worker, which asks what it needs of the primary. */
  constructor(shared: Shared) {
    cluster.setupPrimary({
      exec: program,
      execArgv: process.execArgv,
      args: [],
      // Maps, bytes and NaN arrive as they are.
      serialization: 'advanced',
    });
    this.#worker = cluster.fork();
    this.ended = endOf(this.#worker);
    let onReady: Told['ready'] = () => {};
    this.ready = new Promise((resolve, reject) => {
      onReady = resolve;
      void this.ended.then((reason) => reject(this.#failure ?? new Error(`a worker ended: ${reason}`)));
    });
    this.ready.catch(() => {});
    const told: Told = {
      ready: (url) => onReady(url),
      failed: ({ message, forPeople }) => {
        this.#failure = forPeople ? new StartError(message) : new Error(message);
      },
    };
    this.#peer = peerOf<Asked>(this.#worker, { ...shared, ...told });
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0;
  }

  ask: Peer<Asked>['ask'] = (name, ...args) => this.#peer.ask(name, ...args);

  /** Lets it go, when what it was last asked to do is done. */
  async letGo(): Promise<void> {
    // A worker whose primary is gone ends by itself.
    if (this.#worker.isConnected()) this.#worker.process.disconnect();
    await this.ended;
  }

  kill(): void {
    this.#worker.process.kill('SIGKILL');
  }
}

const endOf = (worker: Worker): Promise<string> =>
  new Promise((resolve) => {
    // More than one may come, and one that nobody hears would end the primary.
    worker.on('error', (error) => resolve(error.message));
    worker.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
