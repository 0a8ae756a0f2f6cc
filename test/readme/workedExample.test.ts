import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Program, startProgram } from './program.ts';
import { type Memory, remembered, type Step, stepsOf } from './story.ts';

const heading = '## From the launch of a campaign to a conferred award\n';
const [, section = ''] = readFileSync('README.md', 'utf8').split(heading);
const steps = stepsOf(section.split('\n## ')[0] ?? '');

test('it leads from the launch of a campaign to the check of a certificate', () => {
  const names = steps.map(({ name }) => name);
  expect(names[0]).toBe('LaunchChildCampaign');
  expect(names).toEqual(
    expect.arrayContaining(['PublishCampaign', 'VerifyActivity', 'Confer', 'VerifyAward']),
  );
});

describe('the worked example, step by step on the program with the demo seed', () => {
  let program: Program;
  const memory: Memory = {};

  beforeAll(async () => {
    program = await startProgram();
  });
  afterAll(() => program.stop());

  test.each(steps)('$who: $name', async (step) => {
    // What one part of the graph wrote, the others hear of a moment later: as a client would, send the same again.
    await vi.waitFor(
      async () => {
        const answer = await program.ask({
          query: step.query,
          operationName: step.name,
          variables: memory,
          viewer: step.viewer,
        });
        expect(answer).toEqual(expectedOf(step));
        Object.assign(memory, remembered(answer));
      },
      { timeout: 10_000, interval: 200 },
    );
  });
});

/** What is printed, `…` for any text; without a printed answer, that nothing stood in the way. */
function expectedOf({ printed }: Step): unknown {
  if (printed)
    return JSON.parse(JSON.stringify(printed), (_, value) => (value === '…' ? expect.any(String) : value));
  return { data: expect.toSatisfy(isDone) };
}

const isDone = (data: object): boolean =>
  Object.values(data).every((payload) => payload?.userErrors.length === 0);
