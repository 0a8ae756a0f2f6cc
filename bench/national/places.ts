import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, type Program, startProgram, uriOf, whenReady } from '../processes.ts';

export const sizes = ['ci', 'national'] as const;
export type Size = (typeof sizes)[number];

/** A database of one size. */
export interface Place {
  readonly size: Size | 'demo';
  readonly uri: string;
  /** How it was filled; nothing is known of a database that was given by its URI. */
  readonly seeded?: Seeded | undefined;
}

export interface Seeded {
  readonly seconds: number;
  readonly bytes: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Starts programs of ours and stops all of them, the last first. */
export class Programs {
  readonly #started: Program[] = [];
  readonly #base: Environment;
  readonly #directory: string;

  constructor(base: Environment, directory: string) {
    this.#base = base;
    this.#directory = directory;
  }

  start(name: string, args: readonly string[], environment: Readonly<Record<string, string>>): Program {
    const env = { DATA_DIR: this.#directory, ...environment };
    const program = startProgram(name, args, env, this.#base);
    this.#started.push(program);
    return program;
  }

  async stop(): Promise<void> {
    for (const program of this.#started.splice(0).reverse()) await program.stop();
  }
}

/** Starts an embedded database in the directory and fills it to the size, unless it was filled there before. */
export async function openPlace(programs: Programs, directory: string, size: Place['size']): Promise<Place> {
  const data = join(directory, size);
  const note = join(directory, `${size}.json`);
  mkdirSync(data, { recursive: true });
  const database = programs.start(
    `database ${size}`,
    ['database/embedded/main.ts', '--port', '0', '--dir', data],
    {},
  );
  const uri = await uriOf(database);
  if (!existsSync(note)) {
    const seconds = await seed(programs, uri, size);
    writeFileSync(note, JSON.stringify({ seconds, bytes: bytesOf(data) } satisfies Seeded));
  }
  return { size, uri, seeded: JSON.parse(readFileSync(note, 'utf8')) as Seeded };
}

/** Seconds that the seed took as a process of its own. @throws with what it printed when it fails. */
async function seed(programs: Programs, uri: string, size: Place['size']): Promise<number> {
  const begun = performance.now();
  const program = programs.start(`seed ${size}`, ['database/seed/main.ts'], {
    MONGODB_URI: uri,
    SEED: size,
    LOG_LEVEL: 'error',
    DASHBOARD: 'off',
  });
  const code = await program.ended;
  if (code !== 0) throw new Error(`The seed ${size} ended with ${code}:\n${program.output()}`);
  return (performance.now() - begun) / 1_000;
}

/** What the files of a directory take on the disk; holes in them take nothing. */
const bytesOf = (directory: string): number =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => statSync(join(directory, file)))
    .filter((file) => file.isFile())
    .reduce((sum, { blocks }) => sum + blocks * 512, 0);

/** Starts the together layout on a place and gives its address once every event there is has been followed. */
export async function serve(programs: Programs, { size, uri }: Place): Promise<string> {
  const port = await freePort();
  const program = programs.start(`together ${size}`, ['main.ts'], {
    PORT: String(port),
    MONGODB_URI: uri,
    SEED: 'none',
    LOG_LEVEL: 'error',
    DASHBOARD: 'off',
    VIEWER_KEY: 'a-key-for-the-benchmark-only-0123456789',
  });
  const url = `http://127.0.0.1:${port}`;
  await whenReady(`${url}/health/ready`, program);
  await whenSettled(url);
  return `${url}/graphql`;
}

/** Waits until the graph in one process at this origin has followed every event there is. */
export async function whenSettled(url: string): Promise<void> {
  while (!(await isSettled(url))) await sleep(200);
}

interface Ready {
  readonly details: {
    readonly events: Readonly<
      Record<
        string,
        {
          readonly pending: number;
          readonly lastSeq: number;
          readonly follows: readonly { readonly source: string; readonly position: number }[];
        }
      >
    >;
  };
}

async function isSettled(url: string): Promise<boolean> {
  const { details } = (await (await fetch(`${url}/health/ready`)).json()) as Ready;
  return Object.values(details.events).every(
    ({ pending, follows }) =>
      pending === 0 &&
      follows.every(({ source, position }) => position >= (details.events[source]?.lastSeq ?? 0)),
  );
}
