import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CompositionFaults, compose } from './composition.ts';
import { readSources } from './sources.ts';

/**
 * Composes the four subgraphs into `schema/supergraph.graphql` (what the gateway reads) and `schema/api.graphql` (what
 * clients see); both are committed. With `--check` nothing is written, and a stale file ends the process with 1.
 */
const files = { supergraph: 'supergraph.graphql', api: 'api.graphql' } as const;
const urlOf = (file: string): URL => new URL(file, import.meta.url);

function run(): void {
  const composed = compose(readSources());
  const stale = (Object.keys(files) as (keyof typeof files)[]).filter((key) => {
    const url = urlOf(files[key]);
    return !existsSync(url) || readFileSync(url, 'utf8') !== composed[key];
  });
  if (process.argv.includes('--check')) {
    if (stale.length === 0) return;
    console.error(`Stale: ${stale.map((key) => `schema/${files[key]}`).join(', ')}. Run: npm run compose`);
    process.exitCode = 1;
    return;
  }
  for (const key of stale) writeFileSync(urlOf(files[key]), composed[key]);
}

try {
  run();
} catch (error) {
  if (!(error instanceof CompositionFaults)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
