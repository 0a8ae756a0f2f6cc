import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Program, startProgram } from './program.ts';
import { type Memory, remembered, type Step, stepsOf } from './story.ts';

const heading = '## From the launch of a campaign to a conferred award\n';
const [, section = ''] = readFileSync('README.md', 'utf8').split(heading);
const steps = stepsOf(section.split('\n## ')[0] ?? '');

let program: Program;
beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program.stop());

test('it leads from the launch of a campaign to the check of a certificate', () => {
  const names = steps.map(({ name }) => name);
  expect(names[0]).toBe('LaunchChildCampaign');
  expect(names).toEqual(
    expect.arrayContaining(['PublishCampaign', 'VerifyActivity', 'Confer', 'VerifyAward']),
  );
});

test('its steps are answered as printed, on the program with the demo seed', async () => {
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

/** What is printed, with any text for `…`; where nothing is printed, that nothing stood in the way. */
function expectedOf({ printed }: Step): unknown {
  if (printed === undefined) return { data: expect.toSatisfy(isDone) };
  return JSON.parse(JSON.stringify(printed), (_, value) => (value === '…' ? expect.any(String) : value));
}

const isDone = (data: object): boolean =>
  Object.values(data).every((payload) => payload?.userErrors.length === 0);
