import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';

/**
 * `npm run schema:diff -- BASE`: compares `schema/api.graphql` with that of BASE, a file or a git revision. Prints
 * every change that can hurt a client; ends with 1 when one breaks it (a removed field, a new required argument,
 * a field that may now be null), with 2 when BASE cannot be read.
 */
const file = 'schema/api.graphql';

function readBase(base: string): string {
  if (existsSync(base)) return readFileSync(base, 'utf8');
  return execFileSync('git', ['show', `${base}:${file}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function run(base: string): void {
  const before = buildSchema(readBase(base));
  const now = buildSchema(readFileSync(new URL('./api.graphql', import.meta.url), 'utf8'));
  const breaking = findBreakingChanges(before, now);
  for (const { description } of breaking) console.error(`breaking: ${description}`);
  for (const { description } of findDangerousChanges(before, now)) console.log(`dangerous: ${description}`);
  if (breaking.length > 0) process.exitCode = 1;
  else console.log(`No breaking change since ${base}.`);
}

const [base] = process.argv.slice(2);
if (base) {
  try {
    run(base);
  } catch (error) {
    console.error(`Cannot read ${file} of ${base}: ${(error as Error).message.split('\n')[0]}`);
    process.exitCode = 2;
  }
} else {
  console.error(
    'Usage: npm run schema:diff -- BASE   (a file, or a git revision that holds schema/api.graphql)',
  );
  process.exitCode = 2;
}
