import type { Document } from '../../core/document.ts';
import type { SortPart } from '../../core/sort.ts';
import type { Value } from '../../core/values.ts';
import type { Compiler } from '../expressions/expression.ts';

/** One partition in its order. */
export interface Partition {
  readonly docs: readonly Document[];
  /** What each document is sorted by, when that is one field. */
  readonly keys: readonly (Value | undefined)[];
}

/** A compiled window function: a value for each document of a partition. */
export type WindowFunction = (partition: Partition) => readonly (Value | undefined)[];

/** What a function's parser is given: its operand, its `window`, and the sort of the stage. */
export interface WindowSpec {
  readonly operand: Value;
  readonly window: Value | undefined;
  readonly sort: readonly SortPart[] | undefined;
  readonly compiler: Compiler;
  readonly name: string;
}

export type WindowParser = (spec: WindowSpec) => WindowFunction;

export type WindowTable = Readonly<Record<string, WindowParser>>;
