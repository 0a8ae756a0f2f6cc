import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { fieldRates, rate } from './rates.ts';

/** What one environment variable may be, and what the README says of it. */
export interface Variable {
  readonly schema: z.ZodType;
  /** The default as a reader should see it. */
  readonly shown: string;
  readonly about: string;
  /** A secret is never printed, and may be given as the name of a file in NAME_FILE. */
  readonly secret?: true;
}

const units = { ms: 1, s: 1_000, m: 60_000 } as const;

/** `10s`, `500ms` or `2m` as milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}(ms|s|m)$/u, 'a number with its unit, such as 500ms, 10s or 2m')
  .transform((text) => {
    const unit = text.endsWith('ms') ? 'ms' : text.endsWith('m') ? 'm' : 's';
    return Number.parseInt(text, 10) * units[unit];
  })
  .refine((ms) => ms > 0, 'more than nothing');

const port = z
  .string()
  .regex(/^\d{1,5}$/u, 'a port number from 0 to 65535; 0 takes any free one')
  .transform(Number)
  .refine((number) => number <= 65_535, 'a port number from 0 to 65535; 0 takes any free one');

const months = z
  .string()
  .regex(/^[1-9]\d{0,2}$/u, 'a number of months from 1 to 999')
  .transform(Number);

const MOST_WORKERS = 64;

const workers = z
  .string()
  .refine(
    (text) => text === 'auto' || (/^[1-9]\d?$/u.test(text) && Number(text) <= MOST_WORKERS),
    `auto (one for each core), or a number from 1 to ${MOST_WORKERS}`,
  )
  .transform((text) =>
    text === 'auto' ? Math.min(availableParallelism(), MOST_WORKERS) : Number.parseInt(text, 10),
  );

const isUrl = (...protocols: string[]) =>
  function check(text: string): boolean {
    return URL.canParse(text) && protocols.includes(new URL(text).protocol);
  };

const httpUrl = z.string().refine(isUrl('http:', 'https:'), 'a URL such as http://127.0.0.1:4001/graphql');

const redisUrl = z.string().refine(isUrl('redis:', 'rediss:'), 'a URL such as redis://127.0.0.1:6379');

const isOrigin = (text: string): boolean => isUrl('http:', 'https:')(text) && new URL(text).origin === text;

const origins = z
  .string()
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .refine(
    (list) => list.every(isOrigin),
    'origins without a path, parted by commas, such as https://dashboard.example',
  );

const networks = new Set(['loopback', 'linklocal', 'uniquelocal']);

const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const prefix =
    bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128));
  return networks.has(text) || (isIP(address) !== 0 && prefix && rest.length === 0);
};

/** A number of hops is not taken: it believes whoever connects directly (Fastify's manual, trustProxy). */
const trustProxy = z
  .string()
  .refine(
    (text) => text === 'true' || text === 'false' || text.split(',').every((part) => isNetwork(part.trim())),
    'true, false, or addresses parted by commas, such as 10.0.0.0/8 or loopback',
  )
  .transform((text) => (text === 'true' || text === 'false' ? text === 'true' : text));

// The driver's own parser is the judge of the rest; here only what tells a URI from a slip of the pen.
const mongodbUri = z
  .string()
  .regex(
    /^mongodb(\+srv)?:\/\/\S+$/u,
    'a connection string such as mongodb://127.0.0.1:27017/emulation?replicaSet=rs0',
  );

/** `id:base64` of 32 bytes, several parted by commas. */
const namedKeys = z
  .string()
  .transform((text) =>
    text.split(',').map((part) => {
      const [id = '', key = '', ...rest] = part.trim().split(':');
      return { id, key: Buffer.from(rest.length === 0 ? key : '', 'base64') };
    }),
  )
  .refine(
    (keys) =>
      keys.every(({ id, key }) => /^[\w-]{1,32}$/u.test(id) && key.length === 32) &&
      new Set(keys.map(({ id }) => id)).size === keys.length,
    'keys parted by commas, each with an id of its own and 32 bytes in base64, such as 2026a:… (openssl rand -base64 32)',
  );

const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

const variable = <T extends z.ZodType>(schema: T, shown: string, about: string) => ({ schema, shown, about });
const secret = <T extends z.ZodType>(schema: T, shown: string, about: string) => ({
  ...variable(schema, shown, about),
  secret: true as const,
});

/** Every variable with a fixed name, in the order of the README's table. */
export const variables = {
  PORT: variable(port, '4000', 'The port to listen on; subgraphs take 4001 to 4004 by their order.'),
  HOST: variable(
    z.string().regex(/^[\w.:-]+$/u, 'an address or a host name, such as 127.0.0.1 or 0.0.0.0'),
    '127.0.0.1',
    'The address to listen on. Off loopback, a request without credentials is the public, not the demo ministry.',
  ),
  DATA_DIR: variable(
    z.string(),
    '.data',
    'Where the embedded database, the keys made in development and the audit log are kept.',
  ),
  MONGODB_URI: secret(
    mongodbUri,
    'the embedded database',
    'A MongoDB replica set; always wins over the embedded database.',
  ),
  SEED: variable(
    oneOf('none', 'campaign', 'ci', 'demo', 'national'),
    'demo; none with MONGODB_URI or in production',
    'What an empty database is filled with.',
  ),
  WORKERS: variable(
    workers,
    '1',
    'How many processes answer requests in the together layout: a number, or auto for one on each core.',
  ),
  SUPERGRAPH: variable(
    z.string(),
    'schema/supergraph.graphql',
    'The supergraph file; read again when it changes.',
  ),
  ACCESS: variable(
    z.string(),
    'access.json beside SUPERGRAPH',
    'Who may select what, by schema coordinate; read again when it changes.',
  ),
  UNAUTHORIZED_FIELDS: variable(
    oneOf('filter', 'reject').transform((mode) => mode.toUpperCase()),
    'filter',
    'What an operation gets that selects what it may not: filter answers the rest, reject nothing.',
  ),
  DASHBOARD: variable(
    oneOf('on', 'off').transform((choice) => choice === 'on'),
    'on; off with a SUPERGRAPH of your own',
    'Whether /dashboard is served; it is built into DATA_DIR/client once, unless `npm run client` has built it.',
  ),
  PARTNERS_DIR: variable(
    z.string(),
    'DATA_DIR/partners',
    'The manifests of partner apps, one file each; read again when they change.',
  ),
  RATE_PEOPLE: variable(
    rate,
    '12000/m; off in development',
    'How often one account may ask; a dashboard that many people share is one account.',
  ),
  RATE_ANONYMOUS: variable(
    rate,
    '600/m; off in development',
    'How often one address may ask without credentials.',
  ),
  RATE_FIELDS: variable(
    fieldRates,
    'Query.verifyAward=30/m',
    'How often one asker may select single fields, counted apart; the demo dashboard is not counted.',
  ),
  REDIS_URL: secret(
    redisUrl,
    'none',
    'Where several gateways count together how often somebody asks; without it each counts for itself, with all its workers.',
  ),
  CORS_ORIGINS: variable(origins, 'none', 'Origins of other sites whose pages may ask, parted by commas.'),
  TRUST_PROXY: variable(
    trustProxy,
    'false',
    'Whose X-Forwarded-For to believe: true, or the addresses of the proxies.',
  ),
  REQUEST_TIMEOUT: variable(duration, '10s', 'How long one request may take.'),
  DRAIN_TIMEOUT: variable(duration, '10s', 'How long running requests may take to end after SIGTERM.'),
  LOG_LEVEL: variable(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info; warn on a terminal',
    'The least level that is logged.',
  ),
  NODE_ENV: variable(
    oneOf('development', 'test', 'production'),
    'development',
    'production turns off introspection, the explorer and the demo viewer, and wants JWKS, JWT_ISSUER, JWT_AUDIENCE, VIEWER_KEY and PII_KEY.',
  ),
  JWKS: variable(
    z.string(),
    'a key made in DATA_DIR/keys',
    'The public keys that tokens are signed with: a URL, a file, or the JSON itself. Fetched, or read, again when they change.',
  ),
  JWT_ISSUER: variable(z.string(), 'emulation-development', 'Who makes tokens: their claim iss.'),
  JWT_AUDIENCE: variable(z.string(), 'emulation-graph', 'Whom tokens are made for: their claim aud.'),
  JWT_CLOCK_SKEW: variable(
    duration.refine((ms) => ms <= 300_000, 'at most 5m'),
    '30s',
    "How far the issuer's clock may be from this one's.",
  ),
  VIEWER_KEY: secret(
    z.string().min(32, 'at least 32 characters'),
    'made in DATA_DIR/keys',
    'Signs who is asking, from the gateway to the subgraphs; the same for all of them.',
  ),
  PII_KEY: secret(
    namedKeys,
    'made in DATA_DIR/keys',
    'Keys of personal data at rest, as `id:base64,…`: the first is current, the others still read what they wrote. Only activities needs it.',
  ),
  PII_RETENTION_MONTHS: variable(
    months,
    '24',
    'How many months after the close of a campaign the rows of its households stay personal; then they are anonymised.',
  ),
} satisfies Record<string, Variable>;

/** Variables whose name ends in the name of a subgraph, in capitals. */
export const variableFamilies = {
  MONGODB_URI_: secret(mongodbUri, 'MONGODB_URI', 'The database of one subgraph, with a user of its own.'),
  SUBGRAPH_URL_: variable(
    httpUrl,
    "the supergraph's",
    'Where the gateway, and subgraphs that follow it, find one subgraph.',
  ),
} satisfies Record<string, Variable>;
