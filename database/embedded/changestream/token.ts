import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { Timestamp, type Value } from '../core/values.ts';

/** A place in the log: before anything at a time (`mark`), at a change, or at the invalidate event after one. */
export interface Token {
  readonly time: Timestamp;
  readonly kind: 'mark' | 'event' | 'invalidate';
}

const codes = { mark: 0x01, event: 0x64, invalidate: 0x65 } as const;
const LENGTH = 10;
const VERSION = 0x82;

/** `{ _data: hex }`; the order of the texts is the order of the places. */
export function tokenDocument({ time, kind }: Token): Document {
  const bytes = Buffer.alloc(LENGTH);
  bytes[0] = VERSION;
  bytes.writeUInt32BE(time.t, 1);
  bytes.writeUInt32BE(time.i, 5);
  bytes[9] = codes[kind];
  return Document.fromColumns(['_data'], [bytes.toString('hex').toUpperCase()]);
}

/** Throws 260 for what is no token of this database. */
export function parseToken(value: Value): Token {
  const data = value instanceof Document ? value.get('_data') : undefined;
  if (typeof data !== 'string')
    return fail(40647, 'Location40647', `Bad resume token: _data of missing or of wrong type`);
  const bytes = Buffer.from(data, 'hex');
  const kind = (Object.keys(codes) as (keyof typeof codes)[]).find((name) => codes[name] === bytes[9]);
  if (bytes.length !== LENGTH || bytes[0] !== VERSION || data.length !== LENGTH * 2 || !kind) {
    return fail(260, 'InvalidResumeToken', `resume token string was not a valid token: '${data}'`);
  }
  return { time: new Timestamp(bytes.readUInt32BE(1), bytes.readUInt32BE(5)), kind };
}
