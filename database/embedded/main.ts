import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { type RunningDatabase, startDatabase } from './server.ts';

const usage = `Usage:
  npm run database -- [--port N] [--dir DIR]          serve DIR on 127.0.0.1 (27018 and .data/database unless given)
  npm run database -- dump FILE --uri URI             write all data of any MongoDB into FILE
  npm run database -- restore FILE --uri URI          put FILE's data into any MongoDB`;

function flags() {
  return parseArgs({
    allowPositionals: true,
    options: {
      port: { type: 'string', default: '27018' },
      dir: { type: 'string', default: '.data/database' },
      uri: { type: 'string' },
      /** As mongod's: `--setParameter enableTestCommands=1`, the only one there is. */
      setParameter: { type: 'string', multiple: true, default: [] },
      /** Ends this process when its standard input closes: that of a supervisor that died. */
      'with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
}

function testCommandsOf(parameters: readonly string[]): boolean {
  for (const parameter of parameters) {
    if (!/^enableTestCommands=(1|true)$/u.test(parameter))
      throw new Error(`--setParameter ${parameter} is not known`);
  }
  return parameters.length > 0;
}

/** Ends the process in an orderly way, once; a second signal does not wait. */
function stopOnSignals(database: RunningDatabase, withParent: boolean): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    database.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  // Ctrl-C goes to every process of a terminal; under a supervisor it is the supervisor who stops this one, last.
  process.on('SIGINT', withParent ? () => undefined : stop);
  if (withParent) process.stdin.on('end', stop).on('error', stop).resume();
}

function fatal(error: unknown): void {
  process.stderr.write(`${JSON.stringify({ fatal: String(error) })}\n`);
  setTimeout(() => process.exit(70), 100);
}

interface Serving {
  readonly port: number;
  readonly dir: string;
  readonly withParent: boolean;
  readonly testCommands: boolean;
}

async function serve({ port, dir, withParent, testCommands }: Serving): Promise<void> {
  const report = (error: Error): void => void process.stderr.write(`${error.stack}\n`);
  // V8 forgets functions that nobody called for a while: the first commands after a pause would be slow.
  setFlagsFromString('--no-flush-bytecode');
  const before = performance.now();
  const database = await startDatabase({ port, dir: resolve(dir), onFatal: fatal, report, testCommands });
  const openedIn = Math.round(performance.now() - before);
  stopOnSignals(database, withParent);
  process.stdout.write(
    `${JSON.stringify({ ready: true, uri: database.uri, port: database.port, dir: resolve(dir), pid: process.pid, openedIn })}\n`,
  );
}

async function run(): Promise<void> {
  const { values, positionals } = flags();
  const [action, file] = positionals;
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  if (action === undefined) {
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Error(`--port ${values.port} is no port`);
    await serve({
      port,
      dir: values.dir,
      withParent: values['with-parent'],
      testCommands: testCommandsOf(values.setParameter),
    });
    return;
  }
  if ((action !== 'dump' && action !== 'restore') || !file || !values.uri) throw new Error(usage);
  const log = (line: string): void => void process.stdout.write(`${line}\n`);
  // The driver is loaded only where it is needed: it takes longer to load than the database to start.
  if (action === 'dump') await (await import('./dump.ts')).dump({ file, uri: values.uri, log });
  else await (await import('./restore.ts')).restore({ file, uri: values.uri, log });
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
