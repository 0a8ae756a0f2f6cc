import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditLog, firstBroken, openAuditLog } from './auditLog.ts';

let directory: string;
let log: AuditLog;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'audit-'));
  log = openAuditLog(directory, () => new Date('2026-11-26T08:00:00Z'));
  for (const what of ['RATE_LIMITED', 'FORBIDDEN', 'UNAUTHENTICATED'])
    log.append({ kind: 'REFUSAL', what, subject: 'partner:example', requestId: 'r1' });
});

afterEach(async () => {
  await log.close();
  rmSync(directory, { recursive: true });
});

const rewrite = (change: (lines: string[]) => string[]) =>
  writeFileSync(log.file, change(readFileSync(log.file, 'utf8').split('\n')).join('\n'));

describe('an audit log', () => {
  it('holds one line for each fact, for the owner only', () => {
    const [line = ''] = readFileSync(log.file, 'utf8').split('\n');
    expect(JSON.parse(line.split('\t')[0] ?? '')).toEqual({
      at: '2026-11-26T08:00:00.000Z',
      kind: 'REFUSAL',
      what: 'RATE_LIMITED',
      subject: 'partner:example',
      requestId: 'r1',
    });
    expect(statSync(log.file).mode & 0o777).toBe(0o600);
    expect(firstBroken(log.file)).toBeNull();
  });

  it('shows a line that was changed', () => {
    rewrite(([first = '', ...rest]) => [first.replace('RATE_LIMITED', 'NOTHING'), ...rest]);
    expect(firstBroken(log.file)).toBe(1);
  });

  it('shows that a line was taken out', () => {
    rewrite((lines) => lines.toSpliced(1, 1));
    expect(firstBroken(log.file)).toBe(2);
  });
});
