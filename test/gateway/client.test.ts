import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { build } from '../../gateway/client/build.ts';
import type { ClientState } from '../../gateway/client/client.ts';
import { contentHash } from '../../gateway/client/contentHash.ts';
import { removeOldBuilds } from '../../gateway/client/oldBuilds.ts';
import { readPageFiles } from '../../gateway/client/pageFiles.ts';
import { SOURCE } from '../../gateway/client/places.ts';
import { serveAssets, serveDashboard } from '../../gateway/client/serveDashboard.ts';
import { serveExplorer } from '../../gateway/explorer/explorer.ts';
import { setSecurityHeaders } from '../../server/securityHeaders.ts';

const directory = (files: Readonly<Record<string, string>> = {}): string => {
  const dir = mkdtempSync(join(tmpdir(), 'client-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(dir, name, '..'), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
};

const never = new AbortController().signal;
const page = { 'index.html': '<!doctype html><script type="module" src="/main.js"></script>' };

/** What Vite says of a build: each chunk by its name, with those that it loads, at once or when they are needed. */
type Manifest = Readonly<Record<string, Chunk>>;
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

const readManifest = async (built: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(built, '.vite/manifest.json'), 'utf8')) as Manifest;

/** Gives all scripts that a page may load. */
function scriptsOf(page: string, manifest: Manifest): string[] {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const { imports = [], dynamicImports = [] } = manifest[name] ?? {};
    for (const next of [...imports, ...dynamicImports]) visit(next);
  };
  visit(page);
  return [...seen].map((name) => manifest[name]?.file ?? name);
}

async function served(state: ClientState) {
  const app = Fastify();
  onTestFinished(() => app.close());
  await setSecurityHeaders(app, []);
  const client = { state: async () => state };
  serveDashboard(app, client, []);
  serveExplorer(app, { client, examples: [], askers: [] });
  serveAssets(app, client);
  return (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
}

describe('what the pages are built from', () => {
  it('has a name that changes with the sources and the packages, not with tests and what was built', async () => {
    const source = directory({ 'src/main.ts': 'a', 'src/main.test.ts': 'a', 'built/x/index.html': 'a' });
    const lock = join(directory({ lock: '1' }), 'lock');
    const first = await contentHash(source, lock);
    writeFileSync(join(source, 'src/main.test.ts'), 'b');
    writeFileSync(join(source, 'built/x/index.html'), 'b');
    expect(await contentHash(source, lock)).toBe(first);
    writeFileSync(join(source, 'src/main.ts'), 'b');
    const second = await contentHash(source, lock);
    expect(second).not.toBe(first);
    writeFileSync(lock, '2');
    expect(await contentHash(source, lock)).not.toBe(second);
  });
});

describe('building', () => {
  it('gives the same build to two that build at once, and leaves nothing beside it', async () => {
    const source = directory({ ...page, 'main.js': 'console.log("built")' });
    const target = join(directory(), 'client', 'hash');
    await Promise.all([build(source, target, never), build(source, target, never)]);
    expect(readdirSync(join(target, '..'))).toEqual(['hash']);
    expect(readdirSync(target)).toContain('index.html');
  });

  it('fails with what the bundler says, and leaves nothing behind', async () => {
    const source = directory({ ...page, 'main.js': 'import "./missing.js"' });
    const target = join(directory(), 'hash');
    await expect(build(source, target, never)).rejects.toThrow(/missing\.js/u);
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it('ends when the server stops', async () => {
    const source = directory({ ...page, 'main.js': '' });
    const abort = new AbortController();
    const building = build(source, join(directory(), 'hash'), abort.signal);
    abort.abort();
    await expect(building).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('makes of the dashboard scripts of at most 300 KB, as they are sent', { timeout: 120_000 }, async () => {
    const target = join(directory(), 'hash');
    await build(SOURCE, target, never);
    const { byPath } = await readPageFiles(target);
    const scripts = scriptsOf('dashboard.html', await readManifest(target));
    const sizes = await Promise.all(
      scripts.map(async (path) => (await readFile(byPath.get(path)?.places.gzip ?? '')).length),
    );
    expect(scripts.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300 * 1024);
  });
});

describe('what was built before', () => {
  const hour = 60 * 60 * 1_000;

  it('is removed once no server has taken it up for a day, with what killed builds have left', async () => {
    const dir = directory({ 'now/a': '', 'before/a': '', 'long-ago/a': '', '.building-x/a': '' });
    const now = Date.now();
    for (const [name, hours] of Object.entries({ now: 100, before: 23, 'long-ago': 25, '.building-x': 25 })) {
      const then = (now - hours * hour) / 1_000;
      utimesSync(join(dir, name), then, then);
    }
    await Promise.all([removeOldBuilds(dir, 'now', now), removeOldBuilds(dir, 'now', now)]);
    expect(readdirSync(dir).toSorted()).toEqual(['before', 'now']);
    await removeOldBuilds(dir, 'before', now + 23 * hour);
    await removeOldBuilds(dir, 'before', now + 25 * hour);
    expect(readdirSync(dir)).toEqual(['before']);
  });
});

describe('serving', () => {
  it.each(['/dashboard/reports', '/'])(
    'says at %s that the page is being built, and lets the browser ask again by itself',
    async (url) => {
      const get = await served({ kind: 'BUILDING' });
      const answer = await get(url, { accept: 'text/html,*/*' });
      expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
      expect(answer.body).toContain('<meta http-equiv="refresh" content="2">');
      expect(answer.body).not.toContain('<script');
      expect((await get('/assets/a-1.js')).statusCode).toBe(404);
    },
  );

  it('says that they could not be built, and where it is said why', async () => {
    const get = await served({ kind: 'FAILED' });
    const answer = await get('/dashboard/');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('the log of the server says why');
    expect(answer.body).not.toContain('refresh');
  });

  it('gives each page at its addresses, their files for ever, and nothing else', async () => {
    const dir = directory({
      'dashboard.html': '<!doctype html>the dashboard',
      'explorer.html': '<!doctype html>the explorer',
      'assets/a-1.js': 'plain',
      'assets/a-1.js.br': 'by brotli',
      'assets/a-1.js.gz': 'by gzip',
    });
    const get = await served({ kind: 'BUILT', files: await readPageFiles(dir) });
    expect(await get('/dashboard')).toMatchObject({
      statusCode: 308,
      headers: { location: '/dashboard/' },
    });
    const first = await get('/dashboard/reports?lang=en');
    expect(first).toMatchObject({ statusCode: 200, body: '<!doctype html>the dashboard' });
    expect(first.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    });
    const again = await get('/dashboard/', { 'if-none-match': String(first.headers.etag) });
    expect(again).toMatchObject({ statusCode: 304, body: '' });

    const explorer = await get('/', { accept: 'text/html' });
    expect(explorer).toMatchObject({ statusCode: 200, body: '<!doctype html>the explorer' });
    expect(explorer.headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';font-src 'self' data:;base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    expect((await get('/')).json()).toMatchObject({ graphql: '/graphql' });

    const bodies = [];
    for (const accepted of ['gzip, deflate, br', 'gzip', 'br;q=0, gzip', 'identity'])
      bodies.push((await get('/assets/a-1.js', { 'accept-encoding': accepted })).body);
    expect(bodies).toEqual(['by brotli', 'by gzip', 'by gzip', 'plain']);
    expect((await get('/assets/a-1.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    for (const outside of ['b.js', '..%2fexplorer.html', '..%2f..%2fpackage.json', '%2e%2e%2fdashboard.html'])
      expect((await get(`/assets/${outside}`)).statusCode).toBe(404);
  });
});
