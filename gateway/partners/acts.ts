import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { StartError } from '../../server/startError.ts';
import { hashOf, makeKey, PARTNER_ID } from './key.ts';
import { isLive, LIVE_KEYS, type Manifest, ManifestError, readManifest } from './manifest.ts';
import { manifestFiles } from './registry.ts';

/** Where the manifests are, and what they are checked by. */
export interface Office {
  readonly directory: string;
  /** The tags of the contracts that there are. */
  readonly contracts: readonly string[];
  readonly now: () => number;
}

/** What is agreed with a new partner, as its manifest says it. */
export interface Agreement {
  readonly name: string;
  readonly contact: string;
  readonly contract: string;
  readonly scopes: readonly string[];
  readonly mode: string;
  readonly rate: { readonly perSecond: number } | { readonly perMinute: number };
  readonly dailyQuota: number;
  readonly cost: { readonly perOperation: number; readonly perMinute: number };
  readonly operations: readonly string[];
}

/** A key that was issued; the text is nowhere else. */
export interface Issued {
  readonly key: string;
  readonly id: string;
  readonly expiresAt: string;
}

/**
 * Writes the manifest of a new partner and issues its first key.
 * @throws StartError when there is one with this id, or the agreement makes no manifest.
 */
export function createPartner(office: Office, id: string, agreement: Agreement, lifeMs: number): Issued {
  if (!PARTNER_ID.test(id))
    throw new StartError(
      `${id} is no id of a partner: small letters, digits and -, 2 to 31 of them, a letter first.`,
    );
  const file = fileOf(office, id);
  if (existsSync(file))
    throw new StartError(`There is a partner ${id} already: ${file}. Take another id, or rotate its key.`);
  const document = parseDocument(
    '# What is agreed with this partner; the gateway reads it again when it changes.\n',
  );
  document.contents = document.createNode({ id, ...agreement, keys: [] }) as never;
  const issued = issue(document, id, 'k1', office.now(), lifeMs);
  mkdirSync(office.directory, { recursive: true, mode: 0o700 });
  write(office, id, document);
  return issued;
}

/**
 * Issues a second key, and lets the one that is live end after a time of grace.
 * @throws StartError when there is no such partner, or two keys are live already.
 */
export function rotateKey(
  office: Office,
  id: string,
  { lifeMs, graceMs }: { lifeMs: number; graceMs: number },
): Issued {
  const { document, manifest } = open(office, id);
  const now = office.now();
  const live = manifest.keys.filter((key) => isLive(key, now));
  if (live.length >= LIVE_KEYS)
    throw new StartError(
      `${id} has ${LIVE_KEYS} live keys, ${live.map((key) => key.id).join(' and ')}. Revoke one, or wait until it expires.`,
    );
  const end = now + graceMs;
  for (const [index, key] of manifest.keys.entries())
    if (isLive(key, end)) document.setIn(['keys', index, 'expiresAt'], new Date(end).toISOString());
  const last = Math.max(0, ...manifest.keys.map((key) => Number(/^k(\d+)$/u.exec(key.id)?.[1] ?? 0)));
  const issued = issue(document, id, `k${last + 1}`, now, lifeMs);
  write(office, id, document);
  return issued;
}

/**
 * Ends one key, or all that are live, at once. Gives the ids of those it ended.
 * @throws StartError when there is no such partner, or no such live key.
 */
export function revokeKeys(office: Office, id: string, keyId: string | undefined): readonly string[] {
  const { document, manifest } = open(office, id);
  const now = office.now();
  const ended = manifest.keys.filter((key) => isLive(key, now) && (keyId === undefined || key.id === keyId));
  if (ended.length === 0)
    throw new StartError(
      `${id} has no live key${keyId === undefined ? '' : ` ${keyId}`}; it has ${manifest.keys.map((key) => key.id).join(', ') || 'none'}.`,
    );
  for (const key of ended)
    document.setIn(['keys', manifest.keys.indexOf(key), 'revokedAt'], new Date(now).toISOString());
  write(office, id, document);
  return ended.map((key) => key.id);
}

/** Gives the manifests that can be used, and why each other cannot. */
export function listPartners(office: Office): readonly (Manifest | ManifestError)[] {
  return manifestFiles(office.directory).map((file) => {
    try {
      return readManifest(readFileSync(file, 'utf8'), { file, contracts: office.contracts });
    } catch (error) {
      if (error instanceof ManifestError) return error;
      throw error;
    }
  });
}

const fileOf = ({ directory }: Office, id: string): string => join(resolve(directory), `${id}.yaml`);

function open(office: Office, id: string): { document: Document; manifest: Manifest } {
  const file = fileOf(office, id);
  if (!existsSync(file))
    throw new StartError(`There is no partner ${id} in ${office.directory}; npm run partner -- list`);
  const text = readFileSync(file, 'utf8');
  return { document: parseDocument(text), manifest: usable(office, file, text) };
}

function issue(document: Document, partner: string, id: string, nowMs: number, lifeMs: number): Issued {
  const key = makeKey(partner);
  const expiresAt = new Date(nowMs + lifeMs).toISOString();
  const kept = { id, hash: hashOf(key), createdAt: new Date(nowMs).toISOString(), expiresAt };
  document.addIn(['keys'], document.createNode(kept));
  return { key, id, expiresAt };
}

/** A manifest appears whole or not at all: the gateway may be reading. What stands in it besides the keys stays. */
function write(office: Office, id: string, document: Document): void {
  const file = fileOf(office, id);
  const text = document.toString({ lineWidth: 0 });
  usable(office, file, text);
  const own = join(resolve(office.directory), `.${id}.${process.pid}`);
  writeFileSync(own, text, { mode: 0o600 });
  renameSync(own, file);
}

function usable({ contracts }: Office, file: string, text: string): Manifest {
  try {
    return readManifest(text, { file, contracts });
  } catch (error) {
    throw error instanceof ManifestError ? new StartError(error.message, { cause: error }) : error;
  }
}
