import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processEnvironment } from '../../server/config.ts';
import { environmentTable } from '../../server/environmentTable.ts';

const readme = readFileSync('README.md', 'utf8');
const examples = [
  ...readme.matchAll(
    /<!-- question -->\n```graphql\n([\s\S]*?)```\n\n<!-- answer -->\n```json\n([\s\S]*?)```/gu,
  ),
].map(([, query = '', answer = '']) => ({ query, answer }));

test('the environment table is that of the code', () => {
  expect(readme).toContain(`<!-- environment -->\n${environmentTable()}\n`);
});

test('every npm command in it exists', () => {
  const scripts = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).scripts);
  const named = [...readme.matchAll(/npm (?:run )?([a-z:]+)/gu)].map(([, name = '']) => name);
  const builtIn = new Set(['ci', 'run']);
  expect(named.filter((name) => !builtIn.has(name) && !scripts.includes(name))).toEqual([]);
  expect(named).toContain('start');
});

test('every file that it links to is there', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/gu)].map(([, path = '']) => path);
  expect(links.length).toBeGreaterThan(5);
  for (const path of links) expect(() => readFileSync(path), path).not.toThrow('ENOENT');
});

describe('started as it says, from an empty directory with the demo seed', () => {
  const directory = mkdtempSync(join(tmpdir(), 'readme-'));
  let program: ChildProcess;
  let url: string;

  beforeAll(async () => {
    const { PATH, HOME } = processEnvironment().env;
    program = spawn(process.execPath, ['--import', 'tsx', 'main.ts'], {
      env: { PATH, HOME, DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await readyUrl(program);
  });
  afterAll(async () => {
    program.kill('SIGTERM');
    if (program.exitCode === null) await once(program, 'exit');
    rmSync(directory, { recursive: true, force: true });
  });

  test('it has three questions', () => {
    expect(examples).toHaveLength(3);
  });

  test.each(examples)('its question is answered as printed: $query', async ({ query, answer }) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    expect(await response.json()).toEqual(JSON.parse(answer));
  });
});

/** The program logs its address when it answers. */
async function readyUrl(program: ChildProcess): Promise<string> {
  if (!program.stdout) throw new Error('the program has no output');
  for await (const line of createInterface({ input: program.stdout })) {
    const entry = JSON.parse(line) as { msg: string; url?: string };
    if (entry.msg === 'ready' && entry.url) return entry.url;
  }
  throw new Error('the program ended before it was ready');
}
