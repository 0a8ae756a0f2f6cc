import { dirname } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PARTNER_ID } from './key.ts';
import {
  inlineOperation,
  OperationIndex,
  operationsFile,
  type RegisteredOperation,
  readOperations,
} from './operations.ts';

const instant = z.iso.datetime({ offset: true, error: 'an instant such as 2027-06-30T00:00:00Z' });
const day = z.iso.date({ error: 'a day such as 2027-06-30' });
const count = z.int({ error: 'a whole number' }).min(1, 'at least 1');

const key = z.strictObject({
  id: z.string().regex(/^[\w-]{1,32}$/u, 'letters, digits, - and _, at most 32'),
  hash: z.string().regex(/^sha256:[\da-f]{64}$/u, 'sha256: and 64 hex digits, as npm run partner writes it'),
  createdAt: instant,
  expiresAt: instant,
  revokedAt: instant.optional(),
});

const notice = z.strictObject({
  /** The id or the name of a registered operation. */
  operation: z.string(),
  deprecatedOn: day.optional(),
  sunset: day,
  link: z.url({ error: 'the address of a page that says what to do' }).optional(),
});

const shape = z.strictObject({
  id: z.string().regex(PARTNER_ID, 'small letters, digits and -, 2 to 31 of them, a letter first'),
  name: z.string().min(1, 'what the partner is called'),
  contact: z.string().min(1, 'whom to write to'),
  contract: z.string(),
  scopes: z.array(z.string().regex(/^[\w:-]+$/u, 'a scope such as awards:verify')).default([]),
  mode: z.enum(['STRICT', 'OPEN'], { error: 'STRICT or OPEN' }),
  trusted: z.boolean({ error: 'true or false' }).default(false),
  export: z.boolean({ error: 'true or false' }).default(false),
  keys: z.array(key).default([]),
  rate: z.union(
    [z.strictObject({ perSecond: count }), z.strictObject({ perMinute: count })],
    'perSecond or perMinute, one of them, with a whole number',
  ),
  dailyQuota: count,
  cost: z.strictObject({ perOperation: count, perMinute: count }),
  maxAge: z.int().min(0, 'seconds, from 0 on').max(86_400, 'at most a day').default(60),
  operations: z.array(z.union([z.string(), inlineOperation])).default([]),
  notices: z.array(notice).default([]),
});

type Written = z.infer<typeof shape>;

export type PartnerKey = z.infer<typeof key>;
export type Notice = z.infer<typeof notice>;

/** What is agreed with one partner. */
export interface Manifest extends Omit<Written, 'operations' | 'rate'> {
  readonly file: string;
  readonly rate: { readonly count: number; readonly seconds: number };
  readonly operations: readonly RegisteredOperation[];
  readonly index: OperationIndex;
  /** The files that its operations come from. */
  readonly sources: readonly string[];
}

/** A manifest that cannot be used: every place in it that is wrong, and what would be right. */
export class ManifestError extends Error {
  /** The files that it names, as far as it could be read. */
  readonly sources: readonly string[];

  constructor(
    file: string,
    mistakes: readonly string[],
    { cause, sources = [] }: { readonly cause?: unknown; readonly sources?: readonly string[] } = {},
  ) {
    super(`${file} is no manifest of a partner:\n${mistakes.map((line) => `  ${line}`).join('\n')}`, {
      cause,
    });
    this.name = 'ManifestError';
    this.sources = sources;
  }
}

export interface ReadManifestOptions {
  /** Where the manifest stands; its name without the ending must be the partner's id. */
  readonly file: string;
  /** The tags of the contracts that there are; empty for a graph without contracts, which is whole for everybody. */
  readonly contracts: readonly string[];
}

/**
 * Reads a manifest, a YAML file `<id>.yaml`, with the operations that it names.
 * @throws ManifestError that lists every mistake with its place.
 */
export function readManifest(text: string, { file, contracts }: ReadManifestOptions): Manifest {
  const written = checked(text, file);
  const mistakes = [...mistakesOfMeaning(written, file, contracts)];
  if (mistakes.length > 0) throw new ManifestError(file, mistakes);
  const directory = dirname(file);
  const { rate, operations, ...rest } = written;
  try {
    const registered = readOperations(operations, directory);
    return {
      ...rest,
      file,
      rate:
        'perSecond' in rate ? { count: rate.perSecond, seconds: 1 } : { count: rate.perMinute, seconds: 60 },
      operations: registered,
      index: new OperationIndex(registered),
      sources: sourcesOf(written, directory),
    };
  } catch (cause) {
    const sources = sourcesOf(written, directory);
    throw new ManifestError(file, [`operations: ${(cause as Error).message}`], { cause, sources });
  }
}

const sourcesOf = ({ operations }: Written, directory: string): string[] =>
  operations.flatMap((entry) => operationsFile(entry, directory) ?? []);

function checked(text: string, file: string): Written {
  let content: unknown;
  try {
    content = parse(text);
  } catch (cause) {
    throw new ManifestError(file, [`it is no YAML: ${(cause as Error).message}`], { cause });
  }
  const result = shape.safeParse(content);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the file'}: ${message}`,
  );
  throw new ManifestError(file, mistakes);
}

/** At most so many keys are live at once: the one in use, and the one that takes its place. */
export const LIVE_KEYS = 2;

function* mistakesOfMeaning(written: Written, file: string, contracts: readonly string[]): Generator<string> {
  const { id, contract, keys, operations, notices } = written;
  if (!file.endsWith(`/${id}.yaml`)) yield `id: is ${id}; the file of this partner should be ${id}.yaml`;
  if (contracts.length > 0 && !contracts.includes(contract))
    yield `contract: there is no contract ${contract}; there are ${contracts.join(', ')}`;
  if (new Set(keys.map((each) => each.id)).size < keys.length) yield 'keys: two have the same id';
  const live = keys.filter((each) => isLive(each, Date.now())).length;
  if (live > LIVE_KEYS) yield `keys: ${live} are live; at most ${LIVE_KEYS} may be`;
  if (written.mode === 'STRICT' && operations.length === 0 && !written.export)
    yield 'operations: are none; a partner in mode STRICT could ask nothing';
  if (notices.length > 0 && operations.length === 0)
    yield 'notices: are about registered operations, and there are none';
}

/** Whether a key opens the door at an instant, in milliseconds. */
export const isLive = ({ expiresAt, revokedAt }: PartnerKey, nowMs: number): boolean =>
  nowMs < Date.parse(expiresAt) && (revokedAt === undefined || nowMs < Date.parse(revokedAt));
