import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig, refuseUnknownSubgraphs } from './config.ts';
import { environmentTable } from './environmentTable.ts';
import { ConfigError } from './startError.ts';
import { variables } from './variables.ts';

const subgraphs = ['units', 'my-awards'];
const mistakesOf = (run: () => unknown): string[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError)
      return error.mistakes.map(({ variable, message }) => `${variable}: ${message}`);
    throw error;
  }
  return [];
};

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

describe('a right environment', () => {
  it('may be empty', () => {
    expect(readConfig({})).toEqual({
      port: undefined,
      host: '127.0.0.1',
      dataDir: '.data',
      mongodbUri: undefined,
      mongodbUris: new Map(),
      subgraphUrls: new Map(),
      seed: 'demo',
      workers: 1,
      supergraph: undefined,
      access: undefined,
      dashboard: true,
      unauthorizedFields: 'FILTER',
      partnersDir: '.data/partners',
      rates: { people: undefined, anonymous: undefined, fields: undefined },
      redisUrl: undefined,
      corsOrigins: [],
      trustProxy: false,
      requestTimeoutMs: 10_000,
      drainTimeoutMs: 10_000,
      logLevel: 'info',
      production: false,
      jwks: undefined,
      jwtIssuer: undefined,
      jwtAudience: undefined,
      jwtClockSkewMs: 30_000,
      viewerKey: undefined,
      piiKeys: undefined,
      piiRetentionMonths: 24,
    });
  });

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ WORKERS: '64' }, { workers: 64 }],
    [{ WORKERS: 'auto' }, { workers: Math.min(availableParallelism(), 64) }],
    [{ PORT: '' }, { port: undefined }],
    [{ REQUEST_TIMEOUT: '500ms' }, { requestTimeoutMs: 500 }],
    [{ DRAIN_TIMEOUT: '2m' }, { drainTimeoutMs: 120_000 }],
    [
      { CORS_ORIGINS: 'https://a.example, http://localhost:3000' },
      { corsOrigins: ['https://a.example', 'http://localhost:3000'] },
    ],
    [{ TRUST_PROXY: 'true' }, { trustProxy: true }],
    [{ TRUST_PROXY: '10.0.0.0/8, loopback' }, { trustProxy: '10.0.0.0/8, loopback' }],
    [{ DATA_DIR: '/d' }, { partnersDir: '/d/partners' }],
    [
      { RATE_PEOPLE: '10/s', RATE_ANONYMOUS: 'off', RATE_FIELDS: 'Query.a=5/m, Query.b=6/d' },
      {
        rates: {
          people: { count: 10, seconds: 1 },
          anonymous: 'off',
          fields: new Map([
            ['Query.a', { count: 5, seconds: 60 }],
            ['Query.b', { count: 6, seconds: 86_400 }],
          ]),
        },
      },
    ],
    [{ RATE_FIELDS: 'off' }, { rates: { fields: new Map() } }],
    [{ SEED: 'ci' }, { seed: 'ci' }],
    [{ MONGODB_URI: 'mongodb://localhost/x' }, { seed: 'none', mongodbUri: 'mongodb://localhost/x' }],
    [
      { MONGODB_URI_UNITS: 'mongodb://u@db/x' },
      { seed: 'none', mongodbUris: new Map([['UNITS', 'mongodb://u@db/x']]) },
    ],
    [{ NODE_ENV: 'production' }, { seed: 'none', production: true }],
    [
      { PII_KEY: `new:${key(1)}, old:${key(2)}` },
      {
        piiKeys: [
          { id: 'new', key: Buffer.alloc(32, 1) },
          { id: 'old', key: Buffer.alloc(32, 2) },
        ],
      },
    ],
    [{ MONGODB_URI: 'mongodb://localhost/x', SEED: 'campaign' }, { seed: 'campaign' }],
    [
      { SUBGRAPH_URL_MY_AWARDS: 'http://awards:4004/graphql' },
      { subgraphUrls: new Map([['MY_AWARDS', 'http://awards:4004/graphql']]) },
    ],
  ])('%o gives %o', (env, expected) => {
    expect(readConfig(env, { subgraphs })).toMatchObject(expected);
  });

  it('serves the dashboard beside our own graph, and beside another one where that is wanted', () => {
    const SUPERGRAPH = 'of-another-graph.graphql';
    expect(readConfig({ SUPERGRAPH }).dashboard).toBe(false);
    expect(readConfig({ SUPERGRAPH, DASHBOARD: 'on' }).dashboard).toBe(true);
    expect(readConfig({ DASHBOARD: 'off' }).dashboard).toBe(false);
  });

  it('says less on a terminal', () => {
    expect(readConfig({}, { terminal: true }).logLevel).toBe('warn');
  });
});

describe('a wrong environment', () => {
  it('is reported whole, each mistake with its variable', () => {
    const env = {
      PORT: '70000',
      SEED: 'big',
      REQUEST_TIMEOUT: '10',
      SUBGRAPH_URL_UNITS: 'units:4001',
      HOST: 'a b',
    };
    expect(mistakesOf(() => readConfig(env, { subgraphs }))).toEqual([
      'PORT: was "70000"; it should be a port number from 0 to 65535; 0 takes any free one',
      'HOST: was "a b"; it should be an address or a host name, such as 127.0.0.1 or 0.0.0.0',
      'SUBGRAPH_URL_UNITS: was "units:4001"; it should be a URL such as http://127.0.0.1:4001/graphql',
      'SEED: was "big"; it should be one of none, campaign, ci, demo, national',
      'REQUEST_TIMEOUT: was "10"; it should be a number with its unit, such as 500ms, 10s or 2m',
    ]);
  });

  it.each([
    [{ REQUEST_TIMEOUT: '0s' }, /^REQUEST_TIMEOUT: .*more than nothing/u],
    [
      { WORKERS: '0' },
      /^WORKERS: was "0"; it should be auto \(one for each core\), or a number from 1 to 64$/u,
    ],
    [{ WORKERS: '65' }, /^WORKERS: /u],
    [{ CORS_ORIGINS: 'https://a.example/' }, /^CORS_ORIGINS: .*origins without a path/u],
    [{ RATE_PEOPLE: '0/s' }, /^RATE_PEOPLE: .*off, or a rate such as 10\/s/u],
    [{ RATE_FIELDS: 'verifyAward=3/m' }, /^RATE_FIELDS: .*such as Query.verifyAward=30\/m/u],
    [{ REDIS_URL: 'http://localhost' }, /^REDIS_URL: was a secret.*such as redis:/u],
    [{ CORS_ORIGINS: '*' }, /^CORS_ORIGINS: /u],
    [{ TRUST_PROXY: '2' }, /^TRUST_PROXY: /u],
    [{ TRUST_PROXY: '10.0.0.0/33' }, /^TRUST_PROXY: /u],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: .*one of fatal/u],
    [{ NODE_ENV: 'prod' }, /^NODE_ENV: .*one of development, test, production/u],
    [
      { SUBGRAPH_URL_UNTIS: 'http://x/graphql' },
      /^SUBGRAPH_URL_UNTIS: names no subgraph; there are SUBGRAPH_URL_UNITS, SUBGRAPH_URL_MY_AWARDS$/u,
    ],
    [{ MONGODB_URI_AWARDS: 'mongodb://x/y' }, /^MONGODB_URI_AWARDS: names no subgraph/u],
    [{ JWT_CLOCK_SKEW: '6m' }, /^JWT_CLOCK_SKEW: .*at most 5m/u],
    [{ VIEWER_KEY: 'short' }, /^VIEWER_KEY: .*at least 32 characters/u],
    [{ PII_KEY: key(1) }, /^PII_KEY: .*32 bytes in base64/u],
    [{ PII_KEY: `a:${key(1).slice(4)}` }, /^PII_KEY: /u],
    [{ PII_KEY: `a b:${key(1)}` }, /^PII_KEY: /u],
    [{ PII_KEY: `a:${key(1)},a:${key(2)}` }, /^PII_KEY: /u],
  ])('%o is a mistake', (env, message) => {
    expect(mistakesOf(() => readConfig(env, { subgraphs }))).toEqual([expect.stringMatching(message)]);
  });

  it.each([
    [{ MONGODB_URI: 'postgres://user:hunter2@db' }],
    [{ MONGODB_URI_UNITS: 'hunter2' }],
    [{ VIEWER_KEY: 'hunter2' }],
    [{ PII_KEY: 'hunter2' }],
  ])('never shows the secret of %o', (env) => {
    const mistakes = mistakesOf(() => readConfig(env));
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).not.toContain('hunter2');
  });

  it('is found once the subgraphs are known', () => {
    const config = readConfig({ SUBGRAPH_URL_SHOP: 'http://shop/graphql' });
    expect(mistakesOf(() => refuseUnknownSubgraphs(config, subgraphs))).toEqual([
      expect.stringContaining('SUBGRAPH_URL_SHOP: names no subgraph'),
    ]);
    expect(mistakesOf(() => refuseUnknownSubgraphs(config, ['shop']))).toEqual([]);
  });
});

describe('a secret in a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'config-'));
  const file = join(dir, 'secret');
  writeFileSync(file, 'mongodb://db/emulation\n');
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is read without its line break', () => {
    expect(readConfig({ MONGODB_URI_FILE: file }).mongodbUri).toBe('mongodb://db/emulation');
    expect(readConfig({ MONGODB_URI_UNITS_FILE: file }, { subgraphs }).mongodbUris.get('UNITS')).toBe(
      'mongodb://db/emulation',
    );
  });

  it('must be readable, and given once', () => {
    expect(mistakesOf(() => readConfig({ VIEWER_KEY_FILE: join(dir, 'none') }))).toEqual([
      expect.stringMatching(/^VIEWER_KEY_FILE: .*ENOENT/u),
    ]);
    expect(mistakesOf(() => readConfig({ MONGODB_URI_FILE: file, MONGODB_URI: 'mongodb://x/y' }))).toEqual([
      'MONGODB_URI_FILE: is set beside MONGODB_URI; set one of the two',
    ]);
  });
});

describe('the table of the environment', () => {
  it('has a row for each variable', () => {
    const rows = environmentTable().split('\n').slice(2);
    expect(rows.map((row) => /^\| `([^`]+)`/u.exec(row)?.[1])).toEqual([
      ...Object.keys(variables),
      'MONGODB_URI_<SUBGRAPH>',
      'SUBGRAPH_URL_<SUBGRAPH>',
    ]);
  });
});
