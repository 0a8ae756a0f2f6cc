import { afterPosition, type Filter, type SortField } from '../../records/keyset.ts';

/** The rows of one unit in one month: what is read, and hidden, as a whole. */
export interface Block {
  readonly month: string;
  readonly unitCode: string;
}

const order: readonly SortField[] = [
  { field: 'month', direction: 1 },
  { field: 'unitCode', direction: 1 },
];

/** The activities of all blocks after one. */
export const after = ({ month, unitCode }: Block): Filter => afterPosition(order, [month, unitCode]);

/** The activities of a block and all after it. */
export const from = ({ month, unitCode }: Block): Filter => ({
  month: { $gte: month },
  $or: [{ month: { $gt: month } }, { unitCode: { $gte: unitCode } }],
});

/** The activities of a block and all before it. */
export const upTo = ({ month, unitCode }: Block): Filter => ({
  month: { $lte: month },
  $or: [{ month: { $lt: month } }, { unitCode: { $lte: unitCode } }],
});

/** How activities lie in the index that the export reads along. */
export const blockOrder = { month: 1, unitCode: 1, _id: 1 } as const;
