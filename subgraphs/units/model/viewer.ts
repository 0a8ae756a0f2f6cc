import type { Viewer } from '../../../server/viewer.ts';

/** Who asks is stored nowhere: it comes with the request. */
export type ViewerRecord = Viewer;
