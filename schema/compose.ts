import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type Composed, CompositionFaults, compose } from './composition.ts';
import { readSources } from './sources.ts';

/**
 * Composes the four subgraphs into `schema/supergraph.graphql` (what the gateway executes), `schema/access.json` (who
 * may ask it), `schema/contracts/<tag>.graphql` (the part that exists for one kind of client) and `schema/api.graphql`
 * (the whole as clients see it); all are committed. With `--check` nothing is written, and a stale file ends the process
 * with 1.
 */
const urlOf = (file: string): URL => new URL(file, import.meta.url);

function filesOf({ supergraph, api, access, contracts }: Composed): Map<string, string> {
  return new Map([
    ['supergraph.graphql', supergraph],
    ['api.graphql', api],
    ['access.json', `${JSON.stringify(access, null, 2)}\n`],
    ...[...contracts].map(([tag, sdl]) => [`contracts/${tag}.graphql`, `${sdl}\n`] as const),
  ]);
}

function run(): void {
  const files = filesOf(compose(readSources()));
  mkdirSync(urlOf('contracts'), { recursive: true });
  const gone = readdirSync(urlOf('contracts'))
    .map((file) => `contracts/${file}`)
    .filter((file) => !files.has(file));
  const stale = [...files].filter(([file, text]) => {
    const url = urlOf(file);
    return !existsSync(url) || readFileSync(url, 'utf8') !== text;
  });
  if (process.argv.includes('--check')) {
    const named = [...stale.map(([file]) => file), ...gone].map((file) => `schema/${file}`);
    if (named.length === 0) return;
    console.error(`Stale: ${named.join(', ')}. Run: npm run compose`);
    process.exitCode = 1;
    return;
  }
  for (const [file, text] of stale) writeFileSync(urlOf(file), text);
  for (const file of gone) rmSync(urlOf(file));
}

try {
  run();
} catch (error) {
  if (!(error instanceof CompositionFaults)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
