import { runOnce } from '../../server/run.ts';
import { rebuildCubes } from './rebuildCubes.ts';

await runOnce((env, terminal) => rebuildCubes(process.argv.slice(2), env, terminal));
