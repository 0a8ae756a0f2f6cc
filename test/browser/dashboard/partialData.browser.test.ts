import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startGraph, type TestGraph } from '../../harness/graph.ts';
import { openView } from './openView.ts';

/** By the part of the graph that is down: each view, what it says is missing, and what is read all the same. */
const down: Readonly<Record<string, readonly (readonly [view: string, notes: string[], rest: string])[]>> = {
  units: [
    ['', ['“Launched by” cannot be shown yet'], '.figure'],
    ['units', ['“Unit tree” cannot be shown yet'], '[type=search]'],
    ['support', ['“By province” is not complete'], '.tile'],
    ['targets', ['“Targets” is not complete'], 'tbody tr'],
    ['reports', ['“Completeness of reports” is not complete'], 'tbody tr'],
    ['clusters', ['“Cluster ranking” is not complete'], 'tbody tr'],
    ['houses', ['“Houses overdue on 30 Jun 2022” is not complete'], 'tbody tr'],
    ['awards', [], 'tbody tr'],
    ['unit?code=T01.1', ['“Unit card” cannot be shown yet'], '[type=search]'],
    [
      'merger?asOf=2026-01-01',
      [
        '“Units before and after it” cannot be shown yet',
        '“BCA” cannot be shown yet',
        '“As reported” is not complete',
        '“By the units of 1 Jan 2026” is not complete',
      ],
      'tbody tr',
    ],
  ],
  campaigns: [
    ['', ['“Campaign overview” cannot be shown yet'], 'nav a'],
    ['units', [], '[role=treeitem]'],
    ['support', ['“Periods to choose” cannot be shown yet'], '.tile'],
    ['targets', ['“Targets” cannot be shown yet'], 'nav a'],
    ['reports', ['“Completeness of reports” cannot be shown yet'], 'nav a'],
    ['clusters', ['“Cluster ranking” cannot be shown yet'], 'nav a'],
    ['houses', ['“Houses by their stage now” cannot be shown yet'], 'tbody tr'],
    ['awards', ['“Dossiers by state” cannot be shown yet'], 'tbody tr'],
    ['unit?code=T01.1', ['“Reports” cannot be shown yet'], '.figure'],
    ['merger', [], 'tbody tr'],
  ],
  activities: [
    ['', ['“Social support” cannot be shown yet'], '.figure'],
    ['support', ['“Periods to choose” is not complete', '“By province” cannot be shown yet'], 'nav a'],
    [
      'houses',
      [
        '“Houses by their stage now” cannot be shown yet',
        '“Houses overdue on 30 Jun 2022” cannot be shown yet',
      ],
      'nav a',
    ],
    ['unit?code=T01.1', ['“Social support” cannot be shown yet'], '.figure'],
    [
      'merger?asOf=2026-01-01',
      ['“As reported” cannot be shown yet', '“By the units of 1 Jan 2026” cannot be shown yet'],
      'tbody tr',
    ],
  ],
  awards: [
    ['', ['“Awards” cannot be shown yet'], '.figure'],
    ['awards', ['“Dossiers by state” cannot be shown yet', '“Award gazette” cannot be shown yet'], 'nav a'],
    [
      'unit?code=T01.1',
      ['“Awards” cannot be shown yet', '“Latest awards of the unit itself” cannot be shown yet'],
      '.figure',
    ],
  ],
};

const why = ': this part of the system is down or slow at the moment.';

describe.each(Object.entries(down))('while %s is down', (name, views) => {
  let graph: TestGraph;
  beforeAll(async () => {
    graph = await startGraph('http', undefined, {
      DASHBOARD: 'on',
      DATA_DIR: dirname(inject('builtPages')),
    });
    await graph.subgraphs[name]?.stop();
  });
  afterAll(() => graph.stop());

  it.each(views)('/dashboard/%s says that %j, and shows the rest', async (view, notes, rest) => {
    const { page, complaints } = await openView(view, { url: graph.url });
    await page.locator('section[aria-busy=true]').waitFor({ state: 'detached' });
    const said = await page.locator('.missing > p:first-child').allTextContents();
    expect(said).toEqual(notes.map((note) => note + why));
    expect(await page.locator(rest).count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
