import type { Connection as Page } from '../../records/connection.ts';
import type { SupportExportRow } from '../types.generated.ts';

export type SupportExportConnectionRecord = Page<SupportExportRow>;
