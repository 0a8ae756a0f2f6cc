import type { Localized } from '../../records/localized.ts';

/** A text as stored; `text(locale)` is answered by the shared resolver. */
export type LocalizedTextRecord = Localized;
