import type { Model } from 'mongoose';
import type { Filter } from './keyset.ts';
import { readPipeline } from './read.ts';

/** One question of many of the same shape. `key` names it; further fields are variables of the pipeline. */
export type KeyRow = { readonly key: string } & Readonly<Record<string, unknown>>;

export interface PerKey {
  // biome-ignore lint/suspicious/noExplicitAny: only the collection's name is used, never the rows' type
  readonly model: Model<any>;
  readonly keys: readonly KeyRow[];
  /** Joins rows whose `foreignField` equals the key, through its index; without it the pipeline matches by its variables. */
  readonly foreignField?: string | undefined;
  /** Pipeline variable → field of the key's row: `{ top: 'top' }` makes `$$top` readable in `$expr`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly pipeline: readonly Filter[];
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one sub-pipeline for each key by one MongoDB command, however many keys there are: every key is a row of
 * `$documents`, `$lookup` runs the pipeline for it. A single key needs no join, and is most often all there is. Gives the
 * rows by key; a key asked twice is asked once.
 */
export async function perKey<Row>(question: PerKey): Promise<Map<string, Row[]>> {
  const rows = [...new Map(question.keys.map((row) => [row.key, row])).values()];
  const [first] = rows;
  if (!first) return new Map();
  const { model, foreignField, variables, signal } = question;
  if (rows.length === 1 && foreignField && !variables) {
    const pipeline = [{ $match: { [foreignField]: first.key } }, ...question.pipeline];
    return new Map([[first.key, await readPipeline<Row>({ model, pipeline, signal })]]);
  }
  const found = await readPipeline<{ key: string; rows: Row[] }>({
    model,
    pipeline: [{ $documents: rows }, { $lookup: lookupOf(question) }],
    signal,
  });
  return new Map(found.map(({ key, rows: joined }) => [key, joined]));
}

const lookupOf = ({ model, foreignField, variables, pipeline }: PerKey): Filter => ({
  from: model.collection.name,
  ...(foreignField ? { localField: 'key', foreignField } : {}),
  ...(variables
    ? { let: Object.fromEntries(Object.entries(variables).map(([name, field]) => [name, `$${field}`])) }
    : {}),
  pipeline,
  as: 'rows',
});
