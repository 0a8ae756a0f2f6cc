import { run } from '../server/run.ts';
import { startGateway } from './start.ts';

await run(startGateway);
