import { run } from '../../server/run.ts';
import { startSingle } from './start.ts';

await run((env) => startSingle(env));
