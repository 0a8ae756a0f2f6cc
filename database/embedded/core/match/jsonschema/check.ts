import type { Document } from '../../document.ts';
import { fail } from '../../errors.ts';
import type { Value } from '../../values.ts';

/** What a schema says of a value that is there. */
export type Check = (value: Value) => boolean;

/** What a keyword's parser may use. */
export interface SchemaContext {
  readonly keyword: string;
  /** The schema the keyword stands in: some keywords read each other. */
  readonly schema: Document;
  parse(schema: Document): Check;
}

/** Takes a keyword's argument; undefined when the keyword restricts nothing. */
export type Keyword = (argument: Value, context: SchemaContext) => Check | undefined;

export const mistyped = (keyword: string, what: string): never =>
  fail(14, 'TypeMismatch', `$jsonSchema keyword '${keyword}' ${what}`);

export const malformed = (keyword: string, what: string): never =>
  fail(9, 'FailedToParse', `$jsonSchema keyword '${keyword}' ${what}`);
