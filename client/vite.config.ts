import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BrotliOptions, brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

// The last percent of size is not worth that the first build of a server takes three times as long.
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const brotli = promisify<Buffer, BrotliOptions, Buffer>(brotliCompress);
const compressors = { br: (bytes: Buffer) => brotli(bytes, quality), gz: promisify<Buffer, Buffer>(gzip) };

/** Writes each text of the build compressed beside it, so that the server need not compress what never changes. */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir }) {
    if (!dir) return;
    const files = await readdir(dir, { recursive: true });
    const texts = files.filter((name) => /\.(js|css|html|svg)$/u.test(name)).map((name) => join(dir, name));
    await Promise.all(texts.map(compress));
  },
};

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  for (const [ending, compressor] of Object.entries(compressors))
    await writeFile(`${file}.${ending}`, await compressor(bytes));
}

export default defineConfig({
  plugins: [compressed],
  // While working on the pages: `npx vite client`, beside a gateway that runs.
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/explorer/', '/dashboard/askers.json'].map((path) => [path, 'http://127.0.0.1:4000']),
    ),
  },
  build: {
    // Two pages; which scripts each loads is told by the manifest.
    rolldownOptions: {
      input: ['dashboard.html', 'explorer.html'].map((page) => join(import.meta.dirname, page)),
      // Packages of GraphiQL say "use client" to servers that draw pages, which is not said of a bundle.
      checks: { moduleLevelDirective: false },
    },
    manifest: true,
    target: 'es2022',
    emptyOutDir: true,
    // A file in the script would be a data: URL, which the page's policy lets only images be.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts is one chunk, loaded with the first plot; GraphiQL is another, of the explorer.
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
});
