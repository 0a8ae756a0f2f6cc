import { processEnvironment } from '../server/config.ts';
import { benchLayouts } from './layouts.ts';
import { render } from './table.ts';

/**
 * `npm run bench`: start-up, memory and the two layouts. `npm run bench -- database`: the embedded database.
 * `--json` prints the tables as JSON; `--rounds N` and `--seconds N` (of each round) make it longer.
 */
const args = process.argv.slice(2);
const numberOf = (flag: string, fallback: number): number => {
  const index = args.indexOf(flag);
  return index === -1 ? fallback : Number(args[index + 1]);
};

const tables = args.includes('database')
  ? await (await import('./database.ts')).benchDatabase()
  : await benchLayouts({
      env: processEnvironment().env,
      rounds: numberOf('--rounds', 5),
      seconds: numberOf('--seconds', 5),
    });

console.log(args.includes('--json') ? JSON.stringify(tables, null, 2) : tables.map(render).join('\n\n'));
