import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { environmentTable } from '../../server/environmentTable.ts';
import { type Program, startProgram } from '../harness/program.ts';
import { type Memory, remembered, type Step, stepsOf } from './story.ts';

const readme = readFileSync('README.md', 'utf8');
const examples = [
  ...readme.matchAll(
    /<!-- question -->\n```graphql\n([\s\S]*?)```\n\n<!-- answer -->\n```json\n([\s\S]*?)```/gu,
  ),
].map(([, query = '', answer = '']) => ({ query, answer }));

const files = [
  ...readme.matchAll(
    /```sh\ncurl 'http:\/\/localhost:4000(\/\S+)'\n```\n\n<!-- file -->\n```csv\n([\s\S]*?)```/gu,
  ),
].map(([, path = '', text = '']) => ({ path, text }));

const heading = '## From the launch of a campaign to a conferred award\n';
const [, section = ''] = readme.split(heading);
const steps = stepsOf(section.split('\n## ')[0] ?? '');

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

test('its story leads from the launch of a campaign to the check of a certificate', () => {
  const names = steps.map(({ name }) => name);
  expect(names[0]).toBe('LaunchChildCampaign');
  expect(names).toEqual(
    expect.arrayContaining(['PublishCampaign', 'VerifyActivity', 'Confer', 'VerifyAward']),
  );
});

describe('started as it says, from an empty directory with the demo seed', () => {
  let program: Program;

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(() => program.stop());

  test('it has three questions and a file', () => {
    expect(examples).toHaveLength(3);
    expect(files).toHaveLength(1);
  });

  test.each(files)('its file holds what is printed: $path', async ({ path, text }) => {
    expect((await program.get(path)).replaceAll('\r\n', '\n')).toBe(text);
  });

  test.each(examples)('its question is answered as printed: $query', async ({ query, answer }) => {
    expect(await program.ask({ query })).toEqual(JSON.parse(answer));
  });

  test('then the steps of its story are answered as printed', async () => {
    const memory: Memory = {};
    for (const step of steps) {
      const variables = { ...memory };
      // What one part of the graph wrote, the others hear of a moment later: as a client would, send the same again.
      const answer = await vi.waitFor(
        async () => {
          const { query, name: operationName, viewer } = step;
          const given = await program.ask({ query, operationName, variables, viewer });
          expect(given, `${step.who}: ${step.name}`).toEqual(expectedOf(step));
          return given;
        },
        { timeout: 10_000, interval: 200 },
      );
      Object.assign(memory, remembered(answer));
    }
  });
});

/** What is printed, with any text for `…`; where nothing is printed, that nothing stood in the way. */
function expectedOf({ printed }: Step): unknown {
  if (printed === undefined) return { data: expect.toSatisfy(isDone) };
  return JSON.parse(JSON.stringify(printed), (_, value) => (value === '…' ? expect.any(String) : value));
}

const isDone = (data: object): boolean =>
  Object.values(data).every((payload) => payload?.userErrors.length === 0);
