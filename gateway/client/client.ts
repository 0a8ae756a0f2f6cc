import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Log } from '../../server/log.ts';
import { build } from './build.ts';
import { contentHash } from './contentHash.ts';
import { removeOldBuilds } from './oldBuilds.ts';
import { type PageFiles, readPageFiles } from './pageFiles.ts';
import { ahead, inData, LOCK_FILE, SOURCE } from './places.ts';

/** How the pages stand: to be served, still being built, or not to be built. */
export type ClientState =
  | { readonly kind: 'BUILT'; readonly files: PageFiles }
  | { readonly kind: 'BUILDING' }
  | { readonly kind: 'FAILED' };

/** The pages of `client/`, which the gateway serves once they are built. */
export interface Client {
  /** Gives how they stand; whoever asks first begins, and nobody waits for a build. */
  readonly state: () => Promise<ClientState>;
  /** Finds what was built ahead or at an earlier start, or else builds it; once. */
  readonly begin: () => Promise<void>;
  /** Ends a build that is still going on. */
  readonly stop: () => Promise<void>;
}

/**
 * Gives the pages, not yet looked for: the first answers of the graph need not wait for them. A build that fails is logged
 * with what the bundler says; the graph is served all the same.
 */
export function createClient(dataDir: string, log: Log): Client {
  let state: ClientState = { kind: 'BUILDING' };
  let building = Promise.resolve();
  let looked: Promise<void> | undefined;
  const abort = new AbortController();
  const failed = (error: unknown): void => {
    state = { kind: 'FAILED' };
    if (!abort.signal.aborted) log.error({ error }, 'the pages could not be built and are not served');
  };
  const kept = (error: unknown): void => log.warn({ error }, 'old builds of the pages could not be removed');
  const built = async (place: string): Promise<void> => {
    state = { kind: 'BUILT', files: await readPageFiles(place) };
    if (dirname(place) === inData(dataDir))
      await removeOldBuilds(dirname(place), basename(place)).catch(kept);
  };
  const look = async (): Promise<void> => {
    const { place, isBuilt } = await find(dataDir);
    if (isBuilt) return built(place);
    building = build(SOURCE, place, abort.signal)
      .then(() => built(place))
      .catch(failed);
  };
  const begin = (): Promise<void> => {
    looked ??= look().catch(failed);
    return looked;
  };
  return {
    state: async () => {
      await begin();
      return state;
    },
    begin,
    stop: async () => {
      abort.abort();
      await looked;
      await building;
    },
  };
}

/** Gives where the pages lie, or where they will lie once they are built. */
async function find(dataDir: string): Promise<{ readonly place: string; readonly isBuilt: boolean }> {
  const hash = await contentHash(SOURCE, LOCK_FILE);
  const own = join(inData(dataDir), hash);
  const place = [join(ahead(SOURCE), hash), own].find((each) => existsSync(each));
  return place ? { place, isBuilt: true } : { place: own, isBuilt: false };
}

/** Builds the pages beside their sources, where every server finds them: for an image. */
export async function buildAhead(): Promise<void> {
  const target = join(ahead(SOURCE), await contentHash(SOURCE, LOCK_FILE));
  if (!existsSync(target)) await build(SOURCE, target, new AbortController().signal);
}
