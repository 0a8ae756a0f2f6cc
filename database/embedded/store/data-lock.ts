import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Raised when another living process has the data directory open. */
export class DirectoryInUse extends Error {
  constructor(dir: string, pid: number) {
    super(
      `The data directory ${dir} is in use by process ${pid}. Stop that process or choose another directory.`,
    );
    this.name = 'DirectoryInUse';
  }
}

/** When a process was started, so that a reused process id is not taken for the old holder; Linux only. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startOf(pid);
  return start === '' || now === '' || now === start;
}

function holderOf(file: string): { pid: number; start: string } {
  const [pid = '0', start = ''] = readFileSync(file, 'latin1').split(' ');
  return { pid: Number(pid), start };
}

function tryCreate(file: string, mark: string): boolean {
  try {
    const fd = openSync(file, 'wx');
    writeSync(fd, mark);
    closeSync(fd);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes the directory for this process and gives the function that lets it go. The mark of a killed process is
 * swept away. Throws DirectoryInUse while its holder lives.
 */
export function lockDirectory(dir: string): () => void {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'database.lock');
  const mark = `${process.pid} ${startOf(process.pid)}`;
  for (let attempt = 0; !tryCreate(file, mark); attempt++) {
    const { pid, start } = holderOf(file);
    if (attempt > 3 || (pid > 0 && isAlive(pid, start))) throw new DirectoryInUse(dir, pid);
    rmSync(file, { force: true });
  }
  return () => rmSync(file, { force: true });
}
