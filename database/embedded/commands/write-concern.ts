import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { int32 } from '../core/values.ts';
import { numberOf } from '../store/index-definition.ts';

const fields: ReadonlySet<string> = new Set(['w', 'j', 'fsync', 'wtimeout', 'provenance']);

/** Throws 40415 for a write concern that is none. */
export function checkWriteConcern(body: Document): void {
  const concern = body.get('writeConcern');
  if (!(concern instanceof Document)) return;
  for (const name of concern.keys()) {
    if (!fields.has(name))
      fail(40415, 'Location40415', `BSON field 'writeConcern.${name}' is an unknown field.`);
  }
}

function concernError(code: number, codeName: string, errmsg: string): Document {
  return Document.of([
    ['code', int32(code)],
    ['codeName', codeName],
    ['errmsg', errmsg],
  ]);
}

/**
 * Every commit of this database is on disk before it is answered, so each satisfiable concern is met. A write whose
 * concern asks for more nodes than one, or for a mode that is not defined, is done all the same, and its answer
 * says so (manual, "Write Concern").
 */
export function unmetConcern(body: Document): Document | undefined {
  const concern = body.get('writeConcern');
  if (!(concern instanceof Document)) return undefined;
  const w = concern.get('w');
  if (typeof w === 'string' && w !== 'majority') {
    return concernError(
      79,
      'UnknownReplWriteConcern',
      `No write concern mode named '${w}' found in replica set configuration`,
    );
  }
  const nodes = numberOf(w);
  if (nodes !== undefined && nodes > 1)
    return concernError(100, 'UnsatisfiableWriteConcern', 'Not enough data-bearing nodes');
  return undefined;
}
