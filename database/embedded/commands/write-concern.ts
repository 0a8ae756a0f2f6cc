import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { numberOf } from '../store/index-definition.ts';

const fields: ReadonlySet<string> = new Set(['w', 'j', 'fsync', 'wtimeout', 'provenance']);

/**
 * Every commit of this database is on disk before it is answered, so each satisfiable concern is met. Throws 100
 * for more nodes than one, 79 for a mode that is not defined.
 */
export function checkWriteConcern(body: Document): void {
  const concern = body.get('writeConcern');
  if (!(concern instanceof Document)) return;
  for (const name of concern.keys()) {
    if (!fields.has(name))
      fail(40415, 'Location40415', `BSON field 'writeConcern.${name}' is an unknown field.`);
  }
  const w = concern.get('w');
  if (typeof w === 'string' && w !== 'majority') {
    fail(
      79,
      'UnknownReplWriteConcern',
      `No write concern mode named '${w}' found in replica set configuration`,
    );
  }
  const nodes = numberOf(w);
  if (nodes !== undefined && nodes > 1)
    fail(100, 'UnsatisfiableWriteConcern', 'Not enough data-bearing nodes');
}
