import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstBroken } from '../auditLog.ts';
import { readConfig } from '../config.ts';
import type { Environment } from '../secretFiles.ts';
import { StartError } from '../startError.ts';

/**
 * Checks every audit log in DATA_DIR/audit, and writes what it finds of each.
 * @throws StartError when a line of one was changed, taken out or put in.
 */
export function checkAudit(env: Environment, out: { readonly write: (text: string) => unknown }): void {
  const directory = join(readConfig(env).dataDir, 'audit');
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.jsonl')) : [];
  const broken = files.toSorted().filter((name) => {
    const line = firstBroken(join(directory, name));
    out.write(
      line === null ? `${name}  whole\n` : `${name}  line ${line} does not follow from those before it\n`,
    );
    return line !== null;
  });
  out.write(`${files.length} logs in ${directory}\n`);
  if (broken.length > 0) throw new StartError(`${broken.length} of them are not as they were written.`);
}
