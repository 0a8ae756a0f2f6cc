import type { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { Timestamp, type Value } from '../core/values.ts';
import type { ChangeLog } from '../store/change-log.ts';
import { compareTimes } from '../store/clock.ts';
import { parseToken, type Token } from './token.ts';

/** What a `$changeStream` stage asks for. */
export interface StreamOptions {
  readonly fullDocument: string;
  readonly fullDocumentBeforeChange: string;
  readonly showExpandedEvents: boolean;
  readonly wholeCluster: boolean;
  /** Changes after this place are shown; undefined begins now. */
  readonly after: Token | undefined;
}

const fullModes = ['default', 'updateLookup', 'whenAvailable', 'required'];
const beforeModes = ['off', 'whenAvailable', 'required'];
const known = [
  'fullDocument',
  'fullDocumentBeforeChange',
  'resumeAfter',
  'startAfter',
  'startAtOperationTime',
  'allChangesForCluster',
  'showExpandedEvents',
];

function modeOf(spec: Document, name: string, modes: readonly string[]): string {
  const value = spec.get(name);
  if (value === undefined) return modes[0] as string;
  if (typeof value === 'string' && modes.includes(value)) return value;
  return fail(
    2,
    'BadValue',
    `Enumeration value '${String(value)}' for field '$changeStream.${name}' is not a valid value.`,
  );
}

function flag(spec: Document, name: string): boolean {
  const value = spec.get(name);
  if (value === undefined || typeof value === 'boolean') return value === true;
  return fail(
    14,
    'TypeMismatch',
    `BSON field '$changeStream.${name}' is the wrong type, expected type 'bool'`,
  );
}

/** The place just before a time, so that changes at that very time are shown. */
function justBefore(time: Timestamp): Token {
  const before = time.i > 0 ? new Timestamp(time.t, time.i - 1) : new Timestamp(time.t - 1, 0xffffffff);
  return { time: before, kind: 'event' };
}

function startOf(spec: Document): Token | undefined {
  const resumeAfter = spec.get('resumeAfter');
  const startAfter = spec.get('startAfter');
  const at = spec.get('startAtOperationTime');
  const given = [resumeAfter, startAfter, at].filter((value) => value !== undefined && value !== null);
  if (given.length > 1) {
    fail(40674, 'Location40674', 'Only one type of resume option is allowed, but multiple were found.');
  }
  if (resumeAfter !== undefined && resumeAfter !== null) {
    const token = parseToken(resumeAfter);
    if (token.kind === 'invalidate') {
      fail(
        260,
        'InvalidResumeToken',
        "Attempting to resume a change stream using 'resumeAfter' is not allowed from an invalidate notification",
      );
    }
    return token;
  }
  if (startAfter !== undefined && startAfter !== null) return parseToken(startAfter);
  return at === undefined || at === null ? undefined : justBefore(timeOf(at));
}

function timeOf(value: Value): Timestamp {
  if (value instanceof Timestamp) return value;
  return fail(
    14,
    'TypeMismatch',
    "BSON field '$changeStream.startAtOperationTime' is the wrong type, expected type 'timestamp'",
  );
}

/** Reads the stage. Throws 40415 for unknown options, 40674 for two beginnings, 286 for one that is cut off already. */
export function parseOptions(spec: Document, log: ChangeLog): StreamOptions {
  for (const name of spec.keys()) {
    if (!known.includes(name))
      fail(40415, 'Location40415', `BSON field '$changeStream.${name}' is an unknown field.`);
  }
  const after = startOf(spec);
  if (after && log.cut && compareTimes(after.time, log.cut) < 0) {
    fail(
      286,
      'ChangeStreamHistoryLost',
      'Resume of change stream was not possible, as the resume point may no longer be in the oplog.',
      {
        labels: ['NonResumableChangeStreamError'],
      },
    );
  }
  return {
    fullDocument: modeOf(spec, 'fullDocument', fullModes),
    fullDocumentBeforeChange: modeOf(spec, 'fullDocumentBeforeChange', beforeModes),
    showExpandedEvents: flag(spec, 'showExpandedEvents'),
    wholeCluster: flag(spec, 'allChangesForCluster'),
    after,
  };
}
