import { runOnce } from '../../server/run.ts';
import { migrateAll } from './migrateAll.ts';

await runOnce(migrateAll);
