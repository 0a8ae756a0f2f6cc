import { runOnce } from '../../server/run.ts';
import { printToken } from './printToken.ts';

await runOnce((env, terminal) => printToken(process.argv.slice(2), env, terminal));
