import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { processEnvironment } from '../../server/config.ts';

/** A line of the program's log, as far as tests read it. */
export interface Line {
  readonly msg: string;
  readonly worker?: number;
  readonly requestId?: string;
  readonly url?: string;
}

/** The program as a process of its own, with the processes that it starts. */
export interface Program {
  readonly pid: number;
  readonly lines: readonly Line[];
  /** What it wrote that is no line of the log. */
  readonly words: () => string;
  readonly exit: Promise<number | null>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

/** Starts `npm start` without npm. */
export function startProgram(env: Readonly<Record<string, string>>): Program {
  const { PATH, HOME } = processEnvironment().env;
  const child = spawn(process.execPath, ['--import', '#typescript', 'main.ts'], {
    env: { PATH, HOME, PORT: '0', SEED: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: Line[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(JSON.parse(line) as Line));
  let words = '';
  child.stderr.on('data', (chunk) => (words += String(chunk)));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return {
    pid: child.pid ?? 0,
    lines,
    words: () => words,
    exit,
    signal: (signal) => void child.kill(signal),
  };
}

/** The processes that a process has started, and what these have. */
export function descendantsOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/u).map(Number));
  const childrenOf = (parent: number): number[] =>
    pairs.flatMap(([child = 0, its]) => (its === parent ? [child, ...childrenOf(child)] : []));
  return childrenOf(pid);
}

/** Whether a process runs. */
export function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
