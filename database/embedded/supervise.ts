import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface SuperviseOptions {
  readonly dir: string;
  /** 0 lets the system choose; restarts keep the port. */
  readonly port: number;
  readonly log: (line: string) => void;
  /** Told each time the database ended without being asked to; it is started again. */
  readonly onUnexpectedExit?: (reason: string) => void;
}

export interface SupervisedDatabase {
  readonly uri: string;
  stop(): Promise<void>;
}

interface Ready {
  readonly uri: string;
  readonly port: number;
}

const program = fileURLToPath(new URL('./main.ts', import.meta.url));
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 10_000;
/** A database that ran this long is taken to be well again. */
const WELL_AFTER_MS = 60_000;
const KILL_AFTER_MS = 10_000;

function spawnDatabase(dir: string, port: number): ChildProcess {
  const args = ['--import', '#typescript', program, '--dir', dir, '--port', String(port), '--with-parent'];
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

/** The address that a child says when it is ready. Rejects with its last words when it ends before. */
function readiness(child: ChildProcess, log: (line: string) => void): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const words: string[] = [];
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        if (line.startsWith('{"ready":true')) resolve(JSON.parse(line) as Ready);
        else log(line);
      });
    }
    if (child.stderr) {
      createInterface({ input: child.stderr }).on('line', (line) => {
        words.push(line);
        if (words.length > 20) words.shift();
        log(line);
      });
    }
    child.once('error', reject);
    child.once('close', (code, signal) => reject(new Error(words.join('\n') || lastWords(code, signal))));
  });
}

/** A crash inside LMDB says nothing itself; before the first answer it mostly means a damaged file. */
function lastWords(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === null) return `the database ended with code ${code}`;
  return `the database was ended by ${signal} while it was starting; its data file may be damaged`;
}

/** A database process that is kept running. */
class Supervisor {
  readonly #options: SuperviseOptions;
  #child: ChildProcess | undefined;
  #port: number;
  #stopped = false;
  #wait = FIRST_WAIT_MS;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SuperviseOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** Starts a child and watches it from the moment it is ready. */
  async start(): Promise<Ready> {
    const { dir, log } = this.#options;
    const child = spawnDatabase(dir, this.#port);
    this.#child = child;
    const ended = exitOf(child);
    const ready = await readiness(child, log);
    const startedAt = Date.now();
    this.#port = ready.port;
    void ended.then((reason) => this.#onExit(reason, Date.now() - startedAt));
    return ready;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = exitOf(child);
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
    await ended;
    clearTimeout(killer);
  }

  #onExit(reason: string, ranMs: number): void {
    if (this.#stopped) return;
    this.#options.onUnexpectedExit?.(reason);
    if (ranMs > WELL_AFTER_MS) this.#wait = FIRST_WAIT_MS;
    this.#again();
  }

  #again(): void {
    const { log } = this.#options;
    log(`the database is started again in ${this.#wait} ms`);
    this.#timer = setTimeout(() => {
      this.start().catch((error: unknown) => {
        log(`the database did not start: ${error instanceof Error ? error.message : String(error)}`);
        if (!this.#stopped) this.#again();
      });
    }, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
  }
}

/**
 * Runs the embedded database as a child process and keeps it running: after a crash it is started again on the
 * same port, with growing pauses. It ends when `stop` is called or when this process dies. Rejects with what the
 * database said when it cannot start at all (directory in use, unreadable data, port taken).
 */
export async function superviseDatabase(options: SuperviseOptions): Promise<SupervisedDatabase> {
  const supervisor = new Supervisor(options);
  const { uri } = await supervisor.start();
  return { uri, stop: () => supervisor.stop() };
}
