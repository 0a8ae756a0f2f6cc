import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'typescript-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a source as our programs are run, and gives what it printed, or what it died of. */
async function run(source: string): Promise<string> {
  const file = join(directory, 'program.ts');
  writeFileSync(file, source);
  const ran = promisify(execFile)(process.execPath, ['--import', '#typescript', file]);
  return ran.then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr.replaceAll(directory, ''),
  );
}

it('runs a source without its types, the first time and again', async () => {
  const source = `
    interface Unit { readonly code: string }
    const codeOf = <T extends Unit>({ code }: T): string => code;
    console.log(codeOf({ code: '${directory}' } satisfies Unit));`;
  expect(await run(source)).toBe(`${directory}\n`);
  expect(await run(source)).toBe(`${directory}\n`);
});

it('keeps the lines and columns of the source', async () => {
  const died = await run(`type Reason = string;
const fail = <T,>(reason: Reason): T => { throw new Error(reason); };
fail<number>('no');`);
  expect(died).toContain('at fail (file:///program.ts:2:49)');
  expect(died).toContain('at file:///program.ts:3:1');
});

it('calls functions by their own names only where the source does', async () => {
  expect(
    await run('const { make } = { make: () => () => 1 }; console.log(JSON.stringify(make().name));'),
  ).toBe('""\n');
});

it('says where a source cannot be run', async () => {
  expect(await run('\nconst n: = 3;')).toContain(
    'SyntaxError [Error]: file:///program.ts:2:10 Unexpected token',
  );
  expect(await run('enum Level { MINISTRY }')).toContain('enum is not supported in strip-only mode');
});
