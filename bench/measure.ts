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
}

const run = promisify(execFile);

/** Puts a load on a layout from a process of its own and reads the processor time it cost. */
export async function measure(
  layout: { readonly url: string; readonly programs: readonly Program[] },
  question: Question,
  load: { readonly connections: number; readonly seconds: number },
): Promise<Measured> {
  const cpu = () => layout.programs.reduce((sum, program) => sum + program.cpuSeconds(), 0);
  const before = cpu();
  const script = new URL('load.ts', import.meta.url).pathname;
  const argument = JSON.stringify({ url: layout.url, bodies: question.bodies, ...load });
  const { stdout } = await run(process.execPath, ['--import', 'tsx', script, argument], {
    maxBuffer: 1 << 20,
  });
  const { requests, ...result } = JSON.parse(stdout) as Omit<Measured, 'cpuMs'> & { requests: number };
  return { ...result, cpuMs: ((cpu() - before) * 1_000) / Math.max(1, requests) };
}
