import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const compressors = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Writes each text of the build compressed beside it, so that the server need not compress what never changes. */
const compressed: Plugin = {
  name: 'compressed',
  async writeBundle({ dir }) {
    if (!dir) return;
    const files = await readdir(dir, { recursive: true });
    for (const file of files.filter((name) => /\.(js|css|html|svg)$/u.test(name))) {
      const bytes = await readFile(join(dir, file));
      for (const [ending, compress] of Object.entries(compressors))
        await writeFile(join(dir, `${file}.${ending}`), await compress(bytes));
    }
  },
};

export default defineConfig({
  base: '/dashboard/',
  plugins: [compressed],
  // While working on the pages: `npx vite client`, beside a gateway that runs.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    // A file in the script would be a data: URL, which the page's policy lets only images be.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts is one chunk, loaded with the first plot.
    chunkSizeWarningLimit: 600,
  },
});
