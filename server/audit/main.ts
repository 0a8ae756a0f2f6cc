import { runOnce } from '../run.ts';
import { checkAudit } from './checkAudit.ts';

await runOnce(async (env) => checkAudit(env, process.stdout));
