import { dirname } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { startGraph } from '../../harness/graph.ts';
import { figuresUnder, openView } from './openView.ts';

it('shows the rest when a subgraph is killed, and says quietly what is missing and why', async () => {
  const graph = await startGraph('http', undefined, {
    DASHBOARD: 'on',
    DATA_DIR: dirname(inject('builtPages')),
  });
  onTestFinished(() => graph.stop());
  const { page, ready, complaints } = await openView('', { url: graph.url });
  const rest = ['Units taking part', 'Reports', 'Social support'];
  const figures = () => Promise.all(rest.map((heading) => figuresUnder(page, heading)));
  const before = await figures();
  expect(before.every((each) => Object.keys(each).length > 0)).toBe(true);
  expect(await figuresUnder(page, 'Awards')).toHaveProperty('Collectives');

  await graph.subgraphs.awards?.stop();
  await page.reload();
  await ready();
  expect(await figures()).toEqual(before);
  expect(await figuresUnder(page, 'Awards')).toEqual({});
  const notes = await page.getByRole('status').allTextContents();
  expect(notes).toEqual([expect.stringContaining('“Awards” cannot be shown yet')]);
  expect(notes[0]).toContain('this part of the system is down or slow at the moment.');
  expect(complaints).toEqual([]);
});
