import { processEnvironment } from '../server/config.ts';
import { benchLayouts } from './layouts.ts';
import { render, type Table } from './table.ts';

/**
 * `npm run bench`: start-up, memory and the two layouts. `npm run bench -- database`: the embedded database;
 * `-- growth`: whether its indexed reads grow with the collection.
 * `--json` prints the tables as JSON; `--rounds N` and `--seconds N` (of each round) make it longer.
 */
const args = process.argv.slice(2);
const numberOf = (flag: string, fallback: number): number => {
  const index = args.indexOf(flag);
  return index === -1 ? fallback : Number(args[index + 1]);
};

async function run(): Promise<readonly Table[]> {
  const { env } = processEnvironment();
  if (args.includes('database')) return (await import('./database.ts')).benchDatabase();
  if (args.includes('growth')) return (await import('./growth.ts')).benchGrowth(env);
  return benchLayouts({ env, rounds: numberOf('--rounds', 5), seconds: numberOf('--seconds', 5) });
}

const tables = await run();
console.log(args.includes('--json') ? JSON.stringify(tables, null, 2) : tables.map(render).join('\n\n'));
