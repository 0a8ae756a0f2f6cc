import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Deadline } from './deadline.ts';
import type { Recorder } from './explain.ts';
import type { Viewer } from './viewer.ts';

/** What is known of one HTTP request from its arrival to its last byte; made once and handed on. */
export interface RequestScope {
  readonly requestId: string;
  /** W3C Trace Context: the caller's trace with a span of our own, or a new trace. */
  readonly traceparent: string;
  readonly viewer: Viewer;
  readonly deadline: Deadline;
  readonly client: ClientName;
  /** Of the client, or of the last proxy that is not believed. */
  readonly address: string;
  /** The registered operation that is asked, once it has been found; its documents may be exempt from limits. */
  registered?: Registered;
  /** Filled in while the request is answered; the log and the metrics read it. */
  readonly outcome: Outcome;
  /** Notes what answering costs, when the asker wants to see it and may. */
  readonly recorder?: Recorder | undefined;
}

export interface Registered {
  readonly id: string;
  readonly name: string | null;
  /** Whether it is exempt from the limits on the shape of documents. */
  readonly trusted: boolean;
}

export interface Outcome {
  operationName: string | null;
  operationType: string | null;
  codes: readonly string[];
}

export interface ClientName {
  readonly name: string | null;
  readonly version: string | null;
}

/** What Apollo Server hands to resolvers and executors. It is copied on the way, so that it holds only a reference. */
export interface GraphContext {
  readonly scope: RequestScope;
}

export const REQUEST_ID_HEADER = 'x-request-id';
export const DEADLINE_HEADER = 'x-deadline-ms';

// What may stand in a log line and a header without harm; all else is replaced by an id of our own.
const saneId = /^[\w.:-]{1,128}$/u;
const validTrace = /^00-(?!0{32})([\da-f]{32})-(?!0{16})[\da-f]{16}-([\da-f]{2})$/u;

export const requestIdOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' && saneId.test(header) ? header : randomUUID();

const hex = (): string => randomUUID().replaceAll('-', '');

/** Gives the traceparent to send on: same trace and flags, a new span (https://www.w3.org/TR/trace-context/). */
export function traceparentOf(header: string | string[] | undefined): string {
  const [, trace, flags] = (typeof header === 'string' && validTrace.exec(header)) || [];
  const random = hex();
  return `00-${trace ?? random}-${trace ? random.slice(0, 16) : hex().slice(0, 16)}-${flags ?? '00'}`;
}

const shortText = (header: string | string[] | undefined): string | null =>
  typeof header === 'string' && header ? header.slice(0, 100) : null;

/** The name and version by which Apollo's clients introduce themselves. */
export const clientOf = (headers: IncomingHttpHeaders): ClientName => ({
  name: shortText(headers['apollographql-client-name']),
  version: shortText(headers['apollographql-client-version']),
});
