import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sources of the pages. The gateway imports nothing of them: it knows where they lie and how they are built. */
export const SOURCE = fileURLToPath(new URL('../../client', import.meta.url));

/** What the packages of a build are told by. */
export const LOCK_FILE = fileURLToPath(new URL('../../package-lock.json', import.meta.url));

/** The directory beside the sources that an image is shipped with a build in. */
export const BUILT = 'built';

/** Where a build may lie: made ahead, as in an image, or by a server in its own data. */
export const ahead = (source: string): string => join(source, BUILT);
export const inData = (dataDir: string): string => join(dataDir, 'client');
