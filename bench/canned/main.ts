import { run } from '../../server/run.ts';
import { startCanned } from './start.ts';

await run(() => startCanned(JSON.parse(process.argv[2] ?? '{}')));
