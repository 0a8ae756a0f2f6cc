import type { SortValue } from '../../records/cursor.ts';
import { withId } from '../../records/keyset.ts';
import { type CompletenessRowRecord, type Days, underKey } from '../model/report.ts';

/** What is counted: the reports of a campaign under a unit. Written as the key of a loader. */
export interface Top {
  readonly campaignId: string;
  readonly unitId: string;
}

export const keyOf = ({ campaignId, unitId }: Top): string => underKey(campaignId, unitId);

export const topOf = (key: string): Top => {
  const [campaignId = '', unitId = ''] = key.split('/');
  return { campaignId, unitId };
};

/** The counts of one unit: its id, and the path that puts it into its place. */
export type Counts = Pick<
  CompletenessRowRecord,
  '_id' | 'path' | 'expected' | 'received' | 'late' | 'missing'
>;

/** The order of rows: along the unit tree. */
export const placeOrder = withId([{ field: 'path', direction: 1 }]);

/** Which rows: of the children of the top, or of all units of a level. */
export interface RowsAsked {
  readonly days: Days;
  readonly level: string | null;
}

/** Where the counts of completeness are read from, by one command for all tops. */
export interface Counting {
  /** Everything under each top, its own reports included; nothing where none is expected. */
  readonly whole: (keys: readonly string[], days: Days) => Promise<Map<string, Counts[]>>;
  /** Rows in the order of {@link placeOrder}, from after a place. */
  readonly rows: (
    keys: readonly string[],
    asked: RowsAsked & { readonly after: readonly SortValue[] | null; readonly limit: number },
  ) => Promise<Map<string, Counts[]>>;
  readonly howMany: (keys: readonly string[], asked: RowsAsked) => Promise<Map<string, number>>;
}
