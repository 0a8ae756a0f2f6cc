import { processEnvironment } from '../server/config.ts';
import { benchLayouts } from './layouts.ts';
import { render, type Table } from './table.ts';

/**
 * `npm run bench`: start-up, memory and the two layouts. `npm run bench -- database`: the embedded database;
 * `-- growth`: whether its indexed reads grow with the collection; `-- national`: every named operation at national
 * volume against CI volume, `--requests N` times each, or with `--only TEXT` those with this text in their names. `--dir DIR` keeps what is seeded there for the next time (the
 * national seed takes minutes); `--ci URI` and `--national URI` take databases that are seeded already.
 * `-- peers`: our layouts beside other gateways and a server without federation, `--seed national` for the large database,
 * `--connections N` at once, `--only TEXT` and `--dir DIR` as above; `-- access`: what rules of access and a token cost.
 * `--json` prints the tables as JSON; `--rounds N` and `--seconds N` (of each round) make it longer.
 */
const args = process.argv.slice(2);
const numberOf = (flag: string, fallback: number): number => {
  const index = args.indexOf(flag);
  return index === -1 ? fallback : Number(args[index + 1]);
};

const textOf = (flag: string): string | undefined => {
  const index = args.indexOf(flag);
  return index === -1 ? undefined : args[index + 1];
};

async function run(): Promise<readonly Table[]> {
  const { env } = processEnvironment();
  if (args.includes('database')) return (await import('./database.ts')).benchDatabase();
  if (args.includes('growth')) return (await import('./growth.ts')).benchGrowth(env);
  if (args.includes('national')) {
    return (await import('./national/national.ts')).benchNational({
      env,
      requests: numberOf('--requests', 200),
      only: textOf('--only'),
      directory: textOf('--dir'),
      uris: { ci: textOf('--ci'), national: textOf('--national') },
    });
  }
  const load = { env, rounds: numberOf('--rounds', 5), seconds: numberOf('--seconds', 5) };
  const connections = numberOf('--connections', 10);
  if (args.includes('access')) return (await import('./access.ts')).benchAccess({ ...load, connections });
  if (args.includes('peers')) {
    return (await import('./beside/beside.ts')).benchPeers({
      ...load,
      connections,
      seed: textOf('--seed') === 'national' ? 'national' : 'demo',
      only: textOf('--only'),
      directory: textOf('--dir'),
    });
  }
  return benchLayouts(load);
}

const tables = await run();
console.log(args.includes('--json') ? JSON.stringify(tables, null, 2) : tables.map(render).join('\n\n'));
