import type { Document } from '../core/document.ts';
import type { Collection } from './catalog.ts';
import type { View } from './view.ts';

/** What the change log is told about a changed document beside its two states. */
export interface ChangeKind {
  readonly kind: 'update' | 'replace';
  /** Paths that the update named and whose whole value a change event shows. */
  readonly whole?: ReadonlySet<string>;
}

/**
 * Where a write command writes: straight into the commit under way, or into the overlay of a transaction. All
 * functions throw before they change anything: 11000 for a duplicate key, 112 for a conflict, 171 for arrays
 * that cannot be indexed together.
 */
export interface Writer extends View {
  /** Makes a collection. */
  create(db: string, name: string, options: Document): Collection;
  insert(collection: Collection, doc: Document): void;
  replace(
    collection: Collection,
    record: number,
    before: Document,
    after: Document,
    change: ChangeKind,
  ): void;
  remove(collection: Collection, record: number, before: Document): void;
}
