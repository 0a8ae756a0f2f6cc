import type { Document } from '../document.ts';
import type { ExpressionScope, MatchEnv } from '../env.ts';
import type { Timestamp, Value } from '../values.ts';

/** What an update is compiled with. */
export interface UpdateEnv extends MatchEnv {
  /** Compiles an aggregation pipeline that maps one document to one; the core cannot itself. */
  readonly pipeline?: (stages: readonly Value[], scope: ExpressionScope) => (doc: Document) => Document;
  /** The next cluster time, for `$currentDate` with timestamps and for empty timestamps. */
  readonly timestamp?: () => Timestamp;
}

/** What an operator may know of the place it works at. */
export interface Site {
  /** The concrete path, with array indexes. */
  readonly path: string;
  readonly name: string;
  /** The document as it was. */
  readonly doc: Document;
}

/** An operator on one path, compiled. */
export interface Action {
  /** The new value for the old one; the same object (or KEEP) when there is nothing to do, REMOVE to drop the field. */
  update(value: Value, site: Site): Value | typeof REMOVE | typeof KEEP;
  /** The value of a field that is not there; without it, nothing is created. */
  create?(site: Site): Value;
  /** Whether a path that cannot exist is simply nothing to do ($unset), not an error. */
  readonly lenient?: boolean;
  /** Only when the update inserts ($setOnInsert). */
  readonly onInsert?: boolean;
}

export const REMOVE = Symbol('remove');
export const KEEP = Symbol('keep');

/** Parses an operator's argument for one field. */
export type ActionParser = (argument: Value, env: UpdateEnv, path: string) => Action;
