import { runOnce } from '../../server/run.ts';
import { buildAhead } from './client.ts';

await runOnce(buildAhead);
