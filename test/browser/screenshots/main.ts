import { runOnce } from '../../../server/run.ts';
import { takeScreenshots } from './take.ts';

await runOnce(takeScreenshots);
