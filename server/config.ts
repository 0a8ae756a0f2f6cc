import { join } from 'node:path';
import type { Rate } from './rates.ts';
import { type Environment, readSecretFiles } from './secretFiles.ts';
import { ConfigError, type Mistake } from './startError.ts';
import { type Variable, variableFamilies, variables } from './variables.ts';

type SeedSize = 'none' | 'campaign' | 'ci' | 'demo' | 'national';
export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** A key with the id by which what it made is known. */
export interface NamedKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** The environment, checked and typed; all that any part of the program knows of it. */
export interface Config {
  /** As set; the roots know their own defaults. */
  readonly port: number | undefined;
  readonly host: string;
  readonly dataDir: string;
  readonly mongodbUri: string | undefined;
  /** Of single subgraphs, by the name's form in a variable: {@link variableName}. */
  readonly mongodbUris: ReadonlyMap<string, string>;
  readonly subgraphUrls: ReadonlyMap<string, string>;
  readonly seed: SeedSize;
  /** How many processes share the port of the together layout. */
  readonly workers: number;
  readonly supergraph: string | undefined;
  /** The file of access rules, where it is not the one beside the supergraph. */
  readonly access: string | undefined;
  /** Whether /dashboard is served: it asks our own graph. */
  readonly dashboard: boolean;
  readonly unauthorizedFields: 'FILTER' | 'REJECT';
  /** Where the manifests of partners are. */
  readonly partnersDir: string;
  /** How often somebody may ask; undefined where the default of the layout holds. */
  readonly rates: {
    readonly people: Rate | 'off' | undefined;
    readonly anonymous: Rate | 'off' | undefined;
    readonly fields: ReadonlyMap<string, Rate> | undefined;
  };
  readonly redisUrl: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly trustProxy: boolean | string;
  readonly requestTimeoutMs: number;
  readonly drainTimeoutMs: number;
  readonly logLevel: LogLevel;
  readonly production: boolean;
  /** A URL, a file or the JSON of a JWK set, as set. */
  readonly jwks: string | undefined;
  readonly jwtIssuer: string | undefined;
  readonly jwtAudience: string | undefined;
  readonly jwtClockSkewMs: number;
  readonly viewerKey: string | undefined;
  /** The first is current. */
  readonly piiKeys: readonly NamedKey[] | undefined;
  /** Months after the close of a campaign for which its rows of households stay personal. */
  readonly piiRetentionMonths: number;
}

export interface ReadOptions {
  /** The subgraphs there are, so that SUBGRAPH_URL_UNTIS is a mistake; left out while nobody knows them yet. */
  readonly subgraphs?: readonly string[] | undefined;
  readonly terminal?: boolean | undefined;
}

/** The process's own environment, and whether a person is watching. */
export const processEnvironment = (): { env: Environment; terminal: boolean } => ({
  env: process.env,
  terminal: process.stdout.isTTY === true,
});

/** @apollo/gateway reports its use to its maker every hour unless this is set before it is made. */
export function switchOffApolloTelemetry(): void {
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
}

/** The form of a subgraph's name in a variable: my-units as MY_UNITS. */
export const variableName = (subgraph: string): string => subgraph.toUpperCase().replace(/[^A-Z0-9]/gu, '_');

/**
 * Gives the typed environment.
 * @throws ConfigError that lists every mistake: the variable, what it was, what would be right.
 */
export function readConfig(environment: Environment, options: ReadOptions = {}): Config {
  const mistakes: Mistake[] = [];
  const env = readSecretFiles(environment, isSecret, mistakes);
  const read: Read = <T>(name: keyof typeof variables) =>
    checked<T>(name, env[name], variables[name], mistakes);

  const production = read<string>('NODE_ENV') === 'production';
  const mongodbUri = read<string>('MONGODB_URI');
  const mongodbUris = familyOf('MONGODB_URI_', env, options.subgraphs, mistakes);
  const ownDatabase = mongodbUri !== undefined || mongodbUris.size > 0;
  const dataDir = read<string>('DATA_DIR') ?? '.data';
  const config: Config = {
    port: read('PORT'),
    host: read('HOST') ?? '127.0.0.1',
    dataDir,
    mongodbUri,
    mongodbUris,
    subgraphUrls: familyOf('SUBGRAPH_URL_', env, options.subgraphs, mistakes),
    seed: read('SEED') ?? (ownDatabase || production ? 'none' : 'demo'),
    workers: read('WORKERS') ?? 1,
    supergraph: read('SUPERGRAPH'),
    access: read('ACCESS'),
    dashboard: read('DASHBOARD') ?? !env.SUPERGRAPH,
    unauthorizedFields: read('UNAUTHORIZED_FIELDS') ?? 'FILTER',
    partnersDir: read('PARTNERS_DIR') ?? join(dataDir, 'partners'),
    rates: { people: read('RATE_PEOPLE'), anonymous: read('RATE_ANONYMOUS'), fields: read('RATE_FIELDS') },
    redisUrl: read('REDIS_URL'),
    corsOrigins: read('CORS_ORIGINS') ?? [],
    trustProxy: read('TRUST_PROXY') ?? false,
    requestTimeoutMs: read('REQUEST_TIMEOUT') ?? 10_000,
    drainTimeoutMs: read('DRAIN_TIMEOUT') ?? 10_000,
    logLevel: read('LOG_LEVEL') ?? (options.terminal ? 'warn' : 'info'),
    production,
    ...identityOf(read),
  };
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

type Read = <T>(name: keyof typeof variables) => T | undefined;

/** Who is believed, and what keeps persons hidden. */
const identityOf = (
  read: Read,
): Pick<
  Config,
  'jwks' | 'jwtIssuer' | 'jwtAudience' | 'jwtClockSkewMs' | 'viewerKey' | 'piiKeys' | 'piiRetentionMonths'
> => ({
  jwks: read('JWKS'),
  jwtIssuer: read('JWT_ISSUER'),
  jwtAudience: read('JWT_AUDIENCE'),
  jwtClockSkewMs: read('JWT_CLOCK_SKEW') ?? 30_000,
  viewerKey: read('VIEWER_KEY'),
  piiKeys: read('PII_KEY'),
  piiRetentionMonths: read('PII_RETENTION_MONTHS') ?? 24,
});

/**
 * Checks the names of SUBGRAPH_URL_… once the supergraph's subgraphs are known.
 * @throws ConfigError naming each variable that no subgraph answers to.
 */
export function refuseUnknownSubgraphs(config: Config, subgraphs: readonly string[]): void {
  const mistakes = [...config.subgraphUrls.keys()].flatMap((suffix) =>
    unknownSubgraph('SUBGRAPH_URL_', suffix, subgraphs),
  );
  if (mistakes.length > 0) throw new ConfigError(mistakes);
}

type Family = keyof typeof variableFamilies;

const familyOfName = (name: string): Family | undefined =>
  (Object.keys(variableFamilies) as Family[]).find((prefix) => name.startsWith(prefix));

function isSecret(name: string): boolean {
  const family = familyOfName(name);
  const variable: Variable | undefined = family
    ? variableFamilies[family]
    : (variables as Record<string, Variable>)[name];
  return variable?.secret === true;
}

function unknownSubgraph(prefix: Family, suffix: string, subgraphs: readonly string[]): Mistake[] {
  if (subgraphs.some((name) => variableName(name) === suffix)) return [];
  const known = subgraphs.map((name) => prefix + variableName(name)).join(', ');
  return [{ variable: prefix + suffix, message: `names no subgraph; there are ${known}` }];
}

function familyOf(
  prefix: Family,
  env: Environment,
  subgraphs: readonly string[] | undefined,
  mistakes: Mistake[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, raw] of Object.entries(env)) {
    if (!name.startsWith(prefix) || raw === undefined || raw === '') continue;
    const suffix = name.slice(prefix.length);
    if (subgraphs) mistakes.push(...unknownSubgraph(prefix, suffix, subgraphs));
    const value = checked<string>(name, raw, variableFamilies[prefix], mistakes);
    if (value !== undefined) found.set(suffix, value);
  }
  return found;
}

// An empty variable counts as one not set: compose files and CI write them.
function checked<T>(
  name: string,
  raw: string | undefined,
  variable: Variable,
  mistakes: Mistake[],
): T | undefined {
  if (raw === undefined || raw === '') return undefined;
  const result = variable.schema.safeParse(raw);
  if (result.success) return result.data as T;
  const was = variable.secret ? 'a secret that is not shown' : JSON.stringify(raw);
  const right = result.error.issues[0]?.message ?? 'another value';
  mistakes.push({ variable: name, message: `was ${was}; it should be ${right}` });
  return undefined;
}
