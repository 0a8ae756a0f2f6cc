import { run } from './server/run.ts';
import { startTogether } from './together/start.ts';

await run(startTogether);
