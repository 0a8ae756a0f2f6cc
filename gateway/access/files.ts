import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AccessRules, noRules } from '../../server/access/rules.ts';
import { StartError } from '../../server/startError.ts';

const alternatives = z.array(z.array(z.string()).readonly()).readonly();
const rules = z.record(
  z.string().regex(/^\w+(\.\w+)?$/u, 'a schema coordinate, Type or Type.field'),
  z.strictObject({
    authenticated: z.literal(true).optional(),
    requiresScopes: alternatives.optional(),
    policy: alternatives.optional(),
  }),
);

/**
 * Reads a file of access rules: JSON, by schema coordinate. A file that nobody named and that is not there holds no
 * rules.
 * @throws StartError when the file cannot be read or understood: rules that are not understood must not let everybody in.
 */
export function readAccess(file: string, isNamed: boolean): AccessRules {
  if (!isNamed && !existsSync(file)) return noRules;
  try {
    return rules.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new StartError(
      `ACCESS: ${file} cannot be used: ${(cause as Error).message}\nMake it again with npm run compose, or name another file in ACCESS.`,
      { cause },
    );
  }
}

const FILE = /^(?<tag>[\w-]+)\.graphql$/u;

/** Reads the SDL of each contract of a directory, by its tag; none when there is no directory. */
export function readContracts(directory: string): Map<string, string> {
  if (!existsSync(directory)) return new Map();
  return new Map(
    readdirSync(directory).flatMap((name) => {
      const tag = FILE.exec(name)?.groups?.tag;
      return tag ? [[tag, readFileSync(join(directory, name), 'utf8')] as const] : [];
    }),
  );
}
