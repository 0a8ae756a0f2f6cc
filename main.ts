import { run } from './server/run.ts';
import { startTogether } from './together.ts';

await run(startTogether);
