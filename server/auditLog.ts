import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { StartError } from './startError.ts';

/** What was refused, or what an administrator did. It names accounts and codes, never a person's name or number. */
export interface AuditFact {
  readonly kind: 'REFUSAL' | 'ADMINISTRATION';
  /** The code of the refusal, or the act: PARTNER_CREATED. */
  readonly what: string;
  /** The account that was refused or that acted; null when nobody could be made out. */
  readonly subject: string | null;
  readonly requestId?: string | undefined;
  readonly details?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}

/** A record of facts to which one can only add. */
export interface AuditLog {
  readonly file: string;
  /** Adds a fact; it is with the operating system when this returns. @throws when it cannot be written. */
  readonly append: (fact: AuditFact) => void;
  readonly close: () => Promise<void>;
}

const START = '0'.repeat(64);
const hashOf = (previous: string, line: string): string =>
  createHash('sha256').update(previous).update(line).digest('hex');

/**
 * Opens an audit log of this process: one new file in `<dataDir>/audit`, JSON lines, opened to append, for the owner only.
 * Each line ends with a hash over itself and the hash before it, so that {@link firstBroken} finds a line that was
 * changed, taken out or put in. What the subgraphs record of their data stands in MongoDB (`<subgraph>_audit`).
 */
export function openAuditLog(dataDir: string, now: () => Date = () => new Date()): AuditLog {
  const directory = join(dataDir, 'audit');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const started = now().toISOString().replaceAll(':', '-');
  const file = join(directory, `${started}-${process.pid}-${randomBytes(3).toString('hex')}.jsonl`);
  const handle = openSync(file, 'ax', 0o600);
  let last = START;
  return {
    file,
    append: (fact) => {
      const line = JSON.stringify({ at: now().toISOString(), ...fact });
      last = hashOf(last, line);
      writeSync(handle, `${line}\t${last}\n`);
    },
    close: async () => closeSync(handle),
  };
}

/**
 * Opens the audit log of a program at its start.
 * @throws StartError when it cannot be written: nobody should be refused, or do something, without a trace.
 */
export function auditLogOf({ dataDir }: Pick<Config, 'dataDir'>): AuditLog {
  try {
    return openAuditLog(dataDir);
  } catch (cause) {
    throw new StartError(
      `DATA_DIR: the audit log in ${join(dataDir, 'audit')} cannot be written: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/** Gives the number of the first line of a log, from 1, that does not follow from those before it; null when all do. */
export function firstBroken(file: string): number | null {
  let last = START;
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  for (const [index, text] of lines.entries()) {
    const [line = '', hash = ''] = text.split('\t');
    last = hashOf(last, line);
    if (hash !== last) return index + 1;
  }
  return null;
}
