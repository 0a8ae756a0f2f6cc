import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Log } from '../../server/log.ts';
import { StartError } from '../../server/startError.ts';
import type { Viewer } from '../../server/viewer.ts';
import { stateOf } from '../../server/watchFiles.ts';
import { type Manifest, ManifestError, readManifest } from './manifest.ts';

export interface PartnersOptions {
  readonly directory: string;
  /** The tags of the contracts that there are. */
  readonly contracts: readonly string[];
  readonly log: Log;
  readonly pollMs?: number;
}

const POLL_MS = 1_000;
const SUBJECT = 'partner:';

/** What a file looked like when it was read; another look means other content. */
type Look = string;

interface Kept {
  /** The files that it was read from, and how they looked. */
  readonly looks: ReadonlyMap<string, Look>;
  /** The last content that could be used; null when there was none yet. */
  readonly manifest: Manifest | null;
}

/** The subject of a partner's viewer. */
export const subjectOf = (id: string): string => `${SUBJECT}${id}`;

/**
 * The partners, by the manifests in a directory, `<id>.yaml`. A file that changes is read again within about a second:
 * one that cannot be used leaves its partner as it was, and is logged; one that is gone ends its partner. The directory
 * is polled, because files that are mounted into a container give no reliable events.
 */
export class Partners {
  readonly #options: PartnersOptions;
  readonly #directory: string;
  readonly #kept = new Map<string, Kept>();
  #contracts: readonly string[];
  #timer: NodeJS.Timeout | undefined;
  #onRead: (manifest: Manifest) => void = () => {};

  constructor(options: PartnersOptions) {
    this.#options = options;
    this.#contracts = options.contracts;
    this.#directory = resolve(options.directory);
    this.look();
  }

  /** Looks for changes from now on; hears each manifest that is held and each that is read. */
  watch(onRead: (manifest: Manifest) => void): void {
    this.#onRead = onRead;
    for (const { manifest } of this.#kept.values()) if (manifest) onRead(manifest);
    this.#timer = setInterval(() => this.#lookAgain(), this.#options.pollMs ?? POLL_MS).unref();
  }

  /** Gives the partner of an id. */
  byId(id: string): Manifest | null {
    return this.#kept.get(id)?.manifest ?? null;
  }

  /** Gives the partner that a viewer is; null for everybody who came without a partner's key. */
  of({ role, subject }: Viewer): Manifest | null {
    return role === 'PARTNER' && subject.startsWith(SUBJECT)
      ? this.byId(subject.slice(SUBJECT.length))
      : null;
  }

  /** Reads what has changed since the last look. */
  look(): void {
    const files = manifestFiles(this.#directory);
    const ids = new Set(files.map(idOf));
    for (const id of this.#kept.keys()) if (!ids.has(id)) this.#end(id);
    for (const file of files) this.#lookAt(file);
  }

  /** Reads all of them again, because the contracts have changed. */
  goOverTo(contracts: readonly string[]): void {
    this.#contracts = contracts;
    for (const [id, { manifest }] of this.#kept) this.#kept.set(id, { looks: new Map(), manifest });
    this.look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #lookAgain(): void {
    try {
      this.look();
    } catch (error) {
      this.#options.log.error(
        { error },
        'the manifests of partners cannot be read; what was agreed before stays',
      );
    }
  }

  #end(id: string): void {
    this.#kept.delete(id);
    this.#options.log.info({ partner: id }, 'the manifest of a partner is gone; its keys are refused');
  }

  #lookAt(file: string): void {
    const id = idOf(file);
    const before = this.#kept.get(id);
    if (before && isUnchanged(before)) return;
    const look = stateOf(file);
    try {
      const manifest = readManifest(readFileSync(file, 'utf8'), {
        file,
        contracts: this.#contracts,
      });
      this.#kept.set(id, { looks: looksOf(manifest.sources).set(file, look), manifest });
      this.#options.log.info(
        { partner: id, operations: manifest.operations.length },
        'read the manifest of a partner',
      );
      this.#onRead(manifest);
    } catch (error) {
      const sources = error instanceof ManifestError ? error.sources : [];
      this.#kept.set(id, { looks: looksOf(sources).set(file, look), manifest: before?.manifest ?? null });
      this.#options.log.error(
        { partner: id, error },
        'a manifest cannot be used; what was agreed before stays',
      );
    }
  }
}

const ENDING = '.yaml';
const idOf = (file: string): string => basename(file, ENDING);

/**
 * The files of a directory that are manifests; none when there is no directory.
 * @throws StartError when it cannot be read.
 */
export function manifestFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith(ENDING) && !name.startsWith('.'))
      .sort()
      .map((name) => join(resolve(directory), name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new StartError(
      `PARTNERS_DIR: ${directory} cannot be read: ${(error as Error).message}. Name a directory of manifests, or one that is not there yet.`,
      { cause: error },
    );
  }
}

const looksOf = (files: readonly string[]): Map<string, Look> =>
  new Map(files.map((file) => [file, stateOf(file)]));

const isUnchanged = ({ looks }: Kept): boolean =>
  looks.size > 0 && [...looks].every(([file, look]) => look === stateOf(file));
