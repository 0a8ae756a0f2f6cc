import { run } from '../server/run.ts';
import { startSubgraph } from './start.ts';

await run((env, terminal) => startSubgraph(process.argv[2], env, terminal));
