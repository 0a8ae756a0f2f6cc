import { readFileSync } from 'node:fs';
import type { Mistake } from './startError.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives the environment with every NAME_FILE of a secret replaced by NAME and the file's content, its last line
 * break cut off; what cannot be read, or is given in both ways, is added to the mistakes.
 */
export function readSecretFiles(
  env: Environment,
  isSecret: (name: string) => boolean,
  mistakes: Mistake[],
): Environment {
  const read: Record<string, string | undefined> = { ...env };
  for (const [variable, file] of Object.entries(env)) {
    const name = variable.replace(/_FILE$/u, '');
    if (name === variable || !file || !isSecret(name)) continue;
    delete read[variable];
    if (env[name]) {
      mistakes.push({ variable, message: `is set beside ${name}; set one of the two` });
      continue;
    }
    try {
      read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    } catch (error) {
      mistakes.push({
        variable,
        message: `was ${JSON.stringify(file)}; it should name a readable file (${(error as NodeJS.ErrnoException).code})`,
      });
    }
  }
  return read;
}
