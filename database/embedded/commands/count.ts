import { Document } from '../core/document.ts';
import { int32 } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { numberOf } from '../store/index-definition.ts';
import type { Command, Request } from './command.ts';
import { types } from './fields.ts';
import { targetOf } from './namespace.ts';
import { documentOf, effectiveCollation, envOf, queryOf } from './query.ts';
import { countOf, findRows } from './reading.ts';

function counted(n: number): Document {
  return Document.of([['n', n <= 2 ** 31 - 1 ? int32(n) : BigInt(n)]]);
}

function count(request: Request, engine: Engine): Document {
  const { body, db, view } = request;
  const collection = view.collection(db, targetOf(request));
  const limit = Math.abs(numberOf(body.get('limit')) ?? 0) || Number.POSITIVE_INFINITY;
  const skip = countOf('count', 'skip', body.get('skip')) ?? 0;
  const filter = documentOf(body.get('query')) ?? Document.of();
  const env = envOf(effectiveCollation(body.get('collation'), collection));
  const query = queryOf(filter, env, { hint: body.get('hint') });
  if (!collection) return counted(0);
  if (filter.size === 0 && query.hint === undefined)
    return counted(Math.max(0, Math.min(limit, collection.documents - skip)));
  const wanted = skip + limit;
  let n = 0;
  for (const _ of findRows(engine, collection, view, query, undefined).rows) if (++n >= wanted) break;
  return counted(Math.max(0, n - skip));
}

export const countCommand: Command = {
  fields: {
    count: types.any,
    query: types.object,
    limit: types.number,
    skip: types.number,
    hint: types.any,
    collation: types.object,
    fields: types.any,
  },
  run: count,
};
