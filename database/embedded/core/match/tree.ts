import type { Document } from '../document.ts';
import type { RegExpValue, Value } from '../values.ts';

export type ComparisonKind = 'eq' | 'lt' | 'lte' | 'gt' | 'gte';
export type BitsKind = 'allSet' | 'allClear' | 'anySet' | 'anyClear';

/**
 * A query as a tree, for those who evaluate it and for the planner who derives bounds from it. `$ne` and `$nin`
 * are a `not` around `eq` and `in`; several conditions on one field are siblings in an `and`. Inside
 * `elemMatchValue` the paths are empty: the condition is on the item itself.
 */
export type Predicate =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly Predicate[] }
  | { readonly kind: 'not'; readonly child: Predicate }
  | { readonly kind: ComparisonKind; readonly path: string; readonly value: Value }
  | {
      readonly kind: 'in';
      readonly path: string;
      readonly values: readonly Value[];
      readonly regexes: readonly RegExpValue[];
    }
  | { readonly kind: 'exists'; readonly path: string }
  | { readonly kind: 'type'; readonly path: string; readonly types: ReadonlySet<number> }
  | { readonly kind: 'regex'; readonly path: string; readonly pattern: string; readonly flags: string }
  | { readonly kind: 'mod'; readonly path: string; readonly divisor: bigint; readonly remainder: bigint }
  | { readonly kind: 'size'; readonly path: string; readonly size: number }
  | {
      readonly kind: 'bits';
      readonly path: string;
      readonly wanted: BitsKind;
      readonly positions: readonly number[];
    }
  | { readonly kind: 'elemMatchObject'; readonly path: string; readonly child: Predicate }
  | { readonly kind: 'elemMatchValue'; readonly path: string; readonly children: readonly Predicate[] }
  | { readonly kind: 'expr'; readonly spec: Value }
  | { readonly kind: 'schema'; readonly schema: Document }
  | { readonly kind: 'sampleRate'; readonly rate: number }
  | { readonly kind: 'always'; readonly result: boolean };

export type PathPredicate = Extract<Predicate, { readonly path: string }>;
