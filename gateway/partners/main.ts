import { runOnce } from '../../server/run.ts';
import { managePartners } from './command.ts';

await runOnce((env) => managePartners(process.argv.slice(2), env));
