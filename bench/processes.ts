import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program as a process of its own, with the processes that it starts, and what the kernel says of them (Linux's /proc). */
export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly output: () => string;
  /** Processor time so far, of it and its children that ended, in seconds. */
  readonly cpuSeconds: () => number;
  /** Memory of its own (no mapped files), in MB. */
  readonly anonymousMb: () => number;
  /** Memory in RAM, mapped files included, in MB. */
  readonly residentMb: () => number;
  /** Its exit code once it ends; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

/** Gives a port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port to be had.');
  return address.port;
}

/**
 * Starts `node FILE …`, a .ts file as our scripts start it, with nothing of this process's environment but PATH and HOME.
 */
export function startProgram(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  base: Readonly<Record<string, string | undefined>>,
): Program {
  const env = { PATH: base.PATH, HOME: base.HOME, ...environment };
  const child = spawn(process.execPath, [...optionsOf(args[0] ?? ''), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid ?? 0;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-100_000);
    });
  }
  const sum = (of: (pid: number) => number) => familyOf(pid).reduce((total, member) => total + of(member), 0);
  return {
    name,
    pid,
    output: () => output,
    cpuSeconds: () => sum(cpuOf),
    anonymousMb: () => sum((member) => memoryOf(member, 'RssAnon')),
    residentMb: () => sum((member) => memoryOf(member, 'VmRSS')),
    ended: once(child, 'exit').then(([code]) => code as number | null),
    stop: () => stopChild(child),
  };
}

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly scripts: { readonly start: string; readonly gateway: string };
};

/** What our scripts start node with; the together layout has options of its own. */
function optionsOf(file: string): string[] {
  if (!file.endsWith('.ts')) return [];
  return (file === 'main.ts' ? scripts.start : scripts.gateway).split(' ').slice(1, -1);
}

/** A process and those that it started and that still run. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return [pid, ...children.flatMap(familyOf)];
}

/** A line of /proc/PID/status that is given in kB, in MB. */
function memoryOf(pid: number, key: 'RssAnon' | 'VmRSS'): number {
  const line = new RegExp(`^${key}:\\s+(\\d+)`, 'mu').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1] ?? 0) / 1024;
}

/** Fields 14 to 17 of /proc/PID/stat, in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return ((fields[11] ?? 0) + (fields[12] ?? 0) + (fields[13] ?? 0) + (fields[14] ?? 0)) / 100;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Waits until an address answers 200. @throws when that takes longer than a minute, with what the program printed. */
export async function whenReady(
  url: string,
  program: Program,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const end = performance.now() + 60_000;
  while (performance.now() < end) {
    const answered = await fetch(url, { headers }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await sleep(10);
  }
  throw new Error(`${program.name} is not ready after a minute:\n${program.output()}`);
}

/** Gives the address that a database program prints once it listens. */
export async function uriOf(database: Program): Promise<string> {
  for (;;) {
    const uri = /mongodb:\/\/[^\s"]+/u.exec(database.output())?.[0];
    if (uri) return uri;
    await sleep(10);
  }
}
