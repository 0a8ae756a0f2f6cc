import { Schema } from 'mongoose';
import type { Localized } from '../../records/localized.ts';

/** Every text of this subgraph is stored as it is shown. */
export type LocalizedTextRecord = Localized;

export const localizedText = new Schema<Localized>(
  { vi: { type: String, required: true }, en: { type: String, default: null } },
  { _id: false },
);
