import { runOnce } from '../../server/run.ts';
import { replay } from './replay.ts';

await runOnce((env, terminal) => replay(process.argv.slice(2), env, terminal));
