import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../server/log.ts';
import { build } from './build.ts';
import { contentHash } from './contentHash.ts';
import { type PageFiles, readPageFiles } from './pageFiles.ts';
import { ahead, inData, LOCK_FILE, SOURCE } from './places.ts';

/** How the pages stand: to be served, still being built, or not to be built. */
export type ClientState =
  | { readonly kind: 'BUILT'; readonly files: PageFiles }
  | { readonly kind: 'BUILDING' }
  | { readonly kind: 'FAILED' };

/** The pages of `client/`, which the gateway serves once they are built. */
export interface Client {
  readonly state: () => ClientState;
  /** Finds what was built ahead or at an earlier start, or builds it. */
  readonly begin: () => void;
  /** Ends a build that is still going on. */
  readonly stop: () => Promise<void>;
}

/**
 * Gives the pages, not yet looked for: the first answers of the graph need not wait for them. A build that fails is logged
 * with what the bundler says; the graph is served all the same.
 */
export function createClient(dataDir: string, log: Log): Client {
  let state: ClientState = { kind: 'BUILDING' };
  let work = Promise.resolve();
  const abort = new AbortController();
  const open = async (): Promise<void> => {
    try {
      state = { kind: 'BUILT', files: await findOrBuild(dataDir, abort.signal) };
    } catch (error) {
      state = { kind: 'FAILED' };
      if (!abort.signal.aborted) log.error({ error }, 'the dashboard could not be built and is not served');
    }
  };
  return {
    state: () => state,
    begin: () => {
      work = open();
    },
    stop: async () => {
      abort.abort();
      await work;
    },
  };
}

async function findOrBuild(dataDir: string, signal: AbortSignal): Promise<PageFiles> {
  const hash = await contentHash(SOURCE, LOCK_FILE);
  const places = [ahead(SOURCE), inData(dataDir)].map((place) => join(place, hash));
  const found = places.find((place) => existsSync(place));
  if (found) return readPageFiles(found);
  const target = join(inData(dataDir), hash);
  await build(SOURCE, target, signal);
  return readPageFiles(target);
}

/** Builds the pages beside their sources, where every server finds them: for an image. */
export async function buildAhead(): Promise<void> {
  const target = join(ahead(SOURCE), await contentHash(SOURCE, LOCK_FILE));
  if (!existsSync(target)) await build(SOURCE, target, new AbortController().signal);
}
