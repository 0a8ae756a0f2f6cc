import type { Transaction } from 'lmdb';
import type { Document } from '../core/document.ts';
import type { Collection } from './catalog.ts';

/** What a reader sees: the last commit, the commit under way, or the snapshot and own writes of a transaction. */
export interface View {
  collection(db: string, name: string): Collection | undefined;
  /** The document of a record. */
  get(collection: Collection, record: number): Document | undefined;
  /** The snapshot to read tables in; undefined reads the latest. */
  readonly snapshot: Transaction | undefined;
  /** The number of the last commit that this view sees. */
  readonly version: number;
  /** Documents that this view sees otherwise than the tables say; undefined stands for a removed one. */
  overlay(collection: Collection): ReadonlyMap<number, Document | undefined> | undefined;
}
