import { runOnce } from '../../server/run.ts';
import { seedAll } from './seedAll.ts';

await runOnce(seedAll);
