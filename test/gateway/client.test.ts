import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { build } from '../../gateway/client/build.ts';
import type { ClientState } from '../../gateway/client/client.ts';
import { contentHash } from '../../gateway/client/contentHash.ts';
import { readPageFiles } from '../../gateway/client/pageFiles.ts';
import { SOURCE } from '../../gateway/client/places.ts';
import { serveClient } from '../../gateway/client/serveClient.ts';
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

async function served(state: ClientState) {
  const app = Fastify();
  onTestFinished(() => app.close());
  await setSecurityHeaders(app, []);
  serveClient(app, { state: () => state });
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

  it('makes of our pages scripts of at most 300 KB, as they are sent', { timeout: 120_000 }, async () => {
    const target = join(directory(), 'hash');
    await build(SOURCE, target, never);
    const { byPath } = await readPageFiles(target);
    const scripts = [...byPath].filter(([path]) => path.endsWith('.js'));
    const sizes = await Promise.all(
      scripts.map(async ([, { places }]) => (await readFile(places.gzip ?? '')).length),
    );
    expect(scripts.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(300 * 1024);
  });
});

describe('serving', () => {
  it('says that the pages are being built, and lets the browser ask again by itself', async () => {
    const get = await served({ kind: 'BUILDING' });
    const answer = await get('/dashboard/reports');
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '2' } });
    expect(answer.body).toContain('<meta http-equiv="refresh" content="2">');
    expect(answer.body).not.toContain('<script');
  });

  it('says that they could not be built, and where it is said why', async () => {
    const get = await served({ kind: 'FAILED' });
    const answer = await get('/dashboard/');
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('the log of the server says why');
    expect(answer.body).not.toContain('refresh');
  });

  it('gives the page at every address, its files for ever, and nothing else', async () => {
    const dir = directory({
      'index.html': '<!doctype html>the page',
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
    expect(first).toMatchObject({ statusCode: 200, body: '<!doctype html>the page' });
    expect(first.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';font-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    });
    const again = await get('/dashboard/', { 'if-none-match': String(first.headers.etag) });
    expect(again).toMatchObject({ statusCode: 304, body: '' });

    const bodies = [];
    for (const accepted of ['gzip, deflate, br', 'gzip', 'br;q=0, gzip', 'identity'])
      bodies.push((await get('/dashboard/assets/a-1.js', { 'accept-encoding': accepted })).body);
    expect(bodies).toEqual(['by brotli', 'by gzip', 'by gzip', 'plain']);
    expect((await get('/dashboard/assets/a-1.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      vary: 'accept-encoding',
    });
    for (const outside of ['assets/b.js', 'assets/..%2f..%2fpackage.json'])
      expect((await get(`/dashboard/${outside}`)).statusCode).toBe(404);
  });
});
