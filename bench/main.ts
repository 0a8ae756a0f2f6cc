import { processEnvironment } from '../server/config.ts';
import { benchLayouts } from './layouts.ts';
import { render, type Table } from './table.ts';

/**
 * `npm run bench`: start-up, memory and the two layouts. The first argument may name another benchmark:
 *
 * - `database`: the embedded database.
 * - `growth`: whether its indexed reads grow with the collection.
 * - `national`: every named operation at national volume against CI volume, `--requests N` times each; `--ci URI` and
 *   `--national URI` take databases that are seeded already.
 * - `peers`: our layouts beside other gateways and a server without federation; `--seed national` for the large database.
 * - `dashboard`: how soon the first view shows data in a browser; `--rounds N` opens it so often.
 * - `access`: what rules of access and a token cost.
 *
 * `--json` prints the tables as JSON; `--rounds N` and `--seconds N` (of each round) make it longer, `--connections N` asks
 * so many at once, `--only TEXT` asks the operations with this text in their names, `--dir DIR` keeps what is seeded there
 * for the next time (the national seed takes minutes).
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
  const load = { env, rounds: numberOf('--rounds', 5), seconds: numberOf('--seconds', 5) };
  const atOnce = { ...load, connections: numberOf('--connections', 10) };
  const [only, directory] = [textOf('--only'), textOf('--dir')];
  switch (args[0]) {
    case 'database':
      return (await import('./database.ts')).benchDatabase();
    case 'growth':
      return (await import('./growth.ts')).benchGrowth(env);
    case 'national': {
      const { benchNational } = await import('./national/national.ts');
      const uris = { ci: textOf('--ci'), national: textOf('--national') };
      return benchNational({ env, requests: numberOf('--requests', 200), only, directory, uris });
    }
    case 'peers': {
      const { benchPeers } = await import('./beside/beside.ts');
      const seed = textOf('--seed') === 'national' ? 'national' : 'demo';
      return benchPeers({ ...atOnce, seed, only, directory });
    }
    case 'dashboard':
      return (await import('./dashboard.ts')).benchDashboard({ env, rounds: numberOf('--rounds', 20) });
    case 'access':
      return (await import('./access.ts')).benchAccess({ ...atOnce, directory });
    default:
      return benchLayouts(load);
  }
}

const tables = await run();
console.log(args.includes('--json') ? JSON.stringify(tables, null, 2) : tables.map(render).join('\n\n'));
