import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Question } from './graph.ts';
import type { Program } from './processes.ts';

/** What one round of load on one layout gave. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  /** Processor time of all the layout's processes for one request, in milliseconds. */
  readonly cpuMs: number;
  /** Of that, the time of the process that clients talk to. */
  readonly frontCpuMs: number;
}

/** Something that answers GraphQL over HTTP. */
export interface Target {
  readonly url: string;
  /** What every request to it carries. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The processes that answer (the database left out); the first is the one that clients talk to. */
  readonly programs: readonly Program[];
}

export interface Load {
  readonly connections: number;
  readonly seconds: number;
}

const run = promisify(execFile);

/** Puts a load on a target from a process of its own and reads the processor time it cost. */
export async function measure(target: Target, question: Question, load: Load): Promise<Measured> {
  const before = target.programs.map((program) => program.cpuSeconds());
  const script = new URL('load.ts', import.meta.url).pathname;
  const { url, headers } = target;
  const running = run(process.execPath, ['--import', '#typescript', script], { maxBuffer: 1 << 20 });
  running.child.stdin?.end(JSON.stringify({ url, headers, bodies: question.bodies, ...load }));
  const { stdout } = await running;
  const { requests, ...result } = JSON.parse(stdout) as Omit<Measured, 'cpuMs' | 'frontCpuMs'> & {
    requests: number;
  };
  const spent = target.programs.map(
    (program, index) => ((program.cpuSeconds() - (before[index] ?? 0)) * 1_000) / Math.max(1, requests),
  );
  return { ...result, cpuMs: spent.reduce((sum, ms) => sum + ms, 0), frontCpuMs: spent[0] ?? 0 };
}
