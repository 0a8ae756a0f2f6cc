import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

/** A program of ours in one file that Node runs as it is. */
export interface Bundled {
  readonly file: string;
  readonly remove: () => void;
}

/**
 * Bundles a program, for tests that start it again and again: it then comes up in a fraction of the processor time that
 * all its files take, which are found, read and stripped of their types in every process. Packages stay where they are.
 */
export async function bundled(program: URL): Promise<Bundled> {
  const directory = mkdtempSync(join(tmpdir(), 'bundled-'));
  symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
  const source = fileURLToPath(program);
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [ownPlaces],
    build: { ssr: source, outDir: join(directory, 'program'), target: 'node20' },
  });
  return {
    file: join(directory, 'program', basename(source).replace(/\.ts$/u, '.js')),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Files that lie beside a source are read from there. */
const ownPlaces = {
  name: 'own-places',
  transform: (code: string, id: string): string =>
    code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
};
