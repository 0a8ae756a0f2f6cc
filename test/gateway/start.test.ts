import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../../gateway/start.ts';
import { readConfig } from '../../server/config.ts';
import { viewerKeyOf } from '../../server/viewerKey.ts';
import { startSubgraph } from '../../subgraphs/start.ts';
import { composeShop } from './shop.ts';
import { startShop } from './startShop.ts';

const directory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'start-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const fileWith = (text: string): string => {
  const file = join(directory(), 'supergraph.graphql');
  writeFileSync(file, text);
  return file;
};

const shopFile = (): string =>
  fileWith(composeShop({ products: 'http://127.0.0.1:1/graphql', reviews: 'http://127.0.0.1:1/graphql' }));

const gateway = (env: Record<string, string>) =>
  startGateway({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: directory(), ...env });

const issuer = { JWKS: '{"keys":[]}', JWT_ISSUER: 'https://issuer.example', JWT_AUDIENCE: 'graph' };

describe('a gateway that cannot start', () => {
  it.each([
    [
      'there is no file',
      () => join(directory(), 'none.graphql'),
      /none\.graphql cannot be used: ENOENT.*npm run compose/su,
    ],
    ['it is no GraphQL', () => fileWith('type Query {'), /cannot be used: Syntax Error.*npm run compose/su],
    ['it is no supergraph', () => fileWith('type Query { a: Int }'), /it names no subgraph/u],
    [
      'it is a broken supergraph',
      () => fileWith(readFileSync(shopFile(), 'utf8').replaceAll('join__type', 'join__typ')),
      /cannot be used: /u,
    ],
    ['it has no URL', () => fileWith(composeShop({ products: '', reviews: '' })), /cannot be used: .*URL/u],
  ])('says so when %s', async (_what, file, message) => {
    const start = gateway({ SUPERGRAPH: file() });
    await expect(start).rejects.toMatchObject({ message: expect.stringMatching(message) });
    await expect(start).rejects.toHaveProperty('message', expect.stringMatching(/^SUPERGRAPH: /u));
  });

  it('names the port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    const start = gateway({ SUPERGRAPH: shopFile(), PORT: String(port) });
    await expect(start).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(new RegExp(`^PORT: ${port} on 127.0.0.1 is taken.*set PORT`, 'u')),
    });
  });

  it('names the host that is none of this machine', async () => {
    const start = gateway({ SUPERGRAPH: shopFile(), HOST: '192.0.2.1' });
    await expect(start).rejects.toMatchObject({
      message: expect.stringMatching(/^HOST: 192\.0\.2\.1 is no address/u),
    });
  });

  it('names a URL for a subgraph that the supergraph does not have', async () => {
    const start = gateway({ SUPERGRAPH: shopFile(), SUBGRAPH_URL_REVUES: 'http://x/graphql' });
    await expect(start).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('SUBGRAPH_URL_REVIEWS'),
    });
  });

  it('names the directory in which refusals cannot be recorded', async () => {
    const DATA_DIR = join(directory(), 'a-file');
    writeFileSync(DATA_DIR, '');
    const start = gateway({ SUPERGRAPH: shopFile(), DATA_DIR, VIEWER_KEY: 'k'.repeat(40), ...issuer });
    await expect(start).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(
        /^DATA_DIR: the audit log in .*a-file\/audit cannot be written: ENOTDIR/u,
      ),
    });
  });

  it('wants a key in production', async () => {
    const start = gateway({ SUPERGRAPH: shopFile(), NODE_ENV: 'production' });
    await expect(start).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('VIEWER_KEY: is not set'),
    });
  });
});

describe('whose tokens are believed', () => {
  it('is wanted in production, all of it at once', async () => {
    const start = gateway({ SUPERGRAPH: shopFile(), NODE_ENV: 'production', VIEWER_KEY: 'k'.repeat(40) });
    await expect(start).rejects.toMatchObject({
      name: 'ConfigError',
      mistakes: [{ variable: 'JWKS' }, { variable: 'JWT_ISSUER' }, { variable: 'JWT_AUDIENCE' }],
    });
  });

  it.each([
    [
      'no-such-file.json',
      /^The environment.*\n {2}JWKS: should be the URL or the file of a JWK set.*ENOENT/u,
    ],
    ['{"keys":[{"kty":"oct"}]}', /JWKS: should be .*kty is RSA, EC or OKP/u],
  ])('cannot be read from %s', async (JWKS, message) => {
    const start = gateway({ SUPERGRAPH: shopFile(), JWKS, JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' });
    await expect(start).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(message),
    });
  });
});

describe('a gateway of its own', () => {
  it('asks subgraphs where SUBGRAPH_URL says', async () => {
    const shop = await startShop({ carrier: 'http' });
    onTestFinished(() => shop.stop());
    const key = 'a key of the test that is long enough to be one';
    const running = await gateway({
      SUPERGRAPH: shopFile(),
      VIEWER_KEY: key,
      SUBGRAPH_URL_PRODUCTS: `${shop.subgraphs.products?.url}/graphql`,
      SUBGRAPH_URL_REVIEWS: `${shop.subgraphs.reviews?.url}/graphql`,
    });
    onTestFinished(() => running.stop());
    const response = await fetch(`${running.url}/graphql?query={product(id:"3"){rating}}`);
    expect(await response.json()).toEqual({ data: { product: { rating: 30 } } });
  });
});

describe('a subgraph that cannot start', () => {
  it.each([
    [
      'a name that is none',
      'unit',
      {},
      /There is no subgraph "unit".*units \| campaigns \| activities \| awards/u,
    ],
    ['no name', undefined, {}, /Say which one: npm run subgraph/u],
    ['no database', 'units', {}, /^MONGODB_URI: is not set, and units needs a MongoDB.*npm run database/u],
    [
      'a database that is not there',
      'units',
      { MONGODB_URI: 'mongodb://me:hunter2@127.0.0.1:9/x?serverSelectionTimeoutMS=100' },
      /^MONGODB_URI: MongoDB at mongodb:\/\/127\.0\.0\.1:9\/x cannot be used: .*ECONNREFUSED.*npm run database/u,
    ],
    [
      'a URI that is none',
      'awards',
      { MONGODB_URI_AWARDS: 'mongodb://h:99999/x' },
      /^MONGODB_URI_AWARDS: .*Correct the connection string/u,
    ],
  ])('says so: %s', async (_what, name, env, message) => {
    const start = startSubgraph(name, { DATA_DIR: directory(), LOG_LEVEL: 'silent', PORT: '0', ...env });
    await expect(start).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message),
    });
    await expect(start).rejects.not.toHaveProperty('message', expect.stringContaining('hunter2'));
  });
});

describe('a subgraph in production', () => {
  const production = (name: string) =>
    startSubgraph(name, {
      DATA_DIR: directory(),
      LOG_LEVEL: 'silent',
      NODE_ENV: 'production',
      VIEWER_KEY: 'k'.repeat(40),
    });

  it('wants the key of personal data if it keeps any', async () => {
    await expect(production('activities')).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('PII_KEY: is not set'),
    });
    await expect(production('units')).rejects.toMatchObject({
      message: expect.stringMatching(/^MONGODB_URI: is not set/u),
    });
  });
});

describe('the key of the viewer', () => {
  it('is made once, for the owner only', () => {
    const config = readConfig({ DATA_DIR: join(directory(), 'deep') });
    const key = viewerKeyOf(config);
    expect(key).toMatch(/^[\w-]{43}$/u);
    expect(viewerKeyOf(config)).toBe(key);
    const keys = join(config.dataDir, 'keys');
    expect(statSync(keys).mode & 0o777).toBe(0o700);
    expect(statSync(join(keys, 'viewer')).mode & 0o777).toBe(0o600);
  });

  it('is the one of the environment where there is one', () => {
    const VIEWER_KEY = 'k'.repeat(40);
    expect(viewerKeyOf(readConfig({ VIEWER_KEY, NODE_ENV: 'production' }))).toBe(VIEWER_KEY);
  });
});

describe('the process', () => {
  const start = (
    env: Record<string, string>,
  ): { child: ChildProcess; output: () => string; exit: Promise<number | null> } => {
    const child = spawn(process.execPath, ['--import', '#typescript', 'gateway/main.ts'], {
      env: { DATA_DIR: directory(), PORT: '0', ...env },
    });
    let text = '';
    child.stdout.on('data', (chunk) => (text += String(chunk)));
    child.stderr.on('data', (chunk) => (text += String(chunk)));
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, output: () => text, exit: new Promise((resolve) => child.once('exit', resolve)) };
  };

  it('ends with 1 and a message without a stack when it cannot start', async () => {
    const { output, exit } = start({ PORT: 'x', SEED: 'y' });
    expect(await exit).toBe(1);
    expect(output()).toMatch(/^The environment is not right:\n {2}PORT: was "x".*\n {2}SEED: was "y"/u);
    expect(output()).not.toContain('    at ');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s with 0', async (signal) => {
    const { child, output, exit } = start({ SUPERGRAPH: shopFile() });
    await expect.poll(output, { timeout: 20_000 }).toContain('"listening"');
    child.kill(signal);
    expect(await exit).toBe(0);
  });
});
