import { expect, onTestFinished, test, vi } from 'vitest';
import { Graph, questionOf } from './graph.ts';
import { unitCard } from './operations.generated.ts';

test('an operation is sent as its file has it, so that the graph knows its plan before it is asked', async () => {
  const send = vi.fn<typeof fetch>(async () => Response.json({ data: { unit: null } }));
  vi.stubGlobal('fetch', send);
  onTestFinished(() => void vi.unstubAllGlobals());
  const graph = new Graph(() => ({}));
  for (const code of ['T01', 'T02']) graph.ask(questionOf(unitCard, { code }));
  await expect.poll(() => send.mock.calls.length).toBe(2);
  const bodies = send.mock.calls.map(([, options]) => JSON.parse(String(options?.body)));
  // Generated from the file, as a text.
  const query = unitCard as unknown as string;
  expect(query).toMatch(/^# D\d+\. /u);
  expect(bodies).toMatchObject([
    { query, operationName: 'UnitCard', variables: { code: 'T01' } },
    { query, operationName: 'UnitCard', variables: { code: 'T02' } },
  ]);
});
