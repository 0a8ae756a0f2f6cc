/** What is said on a line (`frames.ts`). */

/** The name of the protocol in an Upgrade; what changes it in a way that the other side must know changes the name. */
export const LINE_PROTOCOL = 'graph-line/1';
/** By this header of its answers over HTTP a subgraph says that it takes lines; nobody else is asked for one. */
export const LINE_HEADER = 'x-graph-line';

/** What a subgraph answers to the Upgrade before frames go (RFC 9110, 15.2.2). */
export const LINE_OPENED = `HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: ${LINE_PROTOCOL}\r\n\r\n`;

/** The codes of what a gateway sends. What a subgraph sends has the status as its code that it would have over HTTP. */
export const saying = {
  /** The payload is a text that later fetches name by the id of this frame: a query, a signed viewer. */
  TEXT: 1,
  /** The payload is an {@link askText}; the answer carries the id of this frame. */
  ASK: 2,
  /** All texts are forgotten. */
  FORGET: 3,
} as const;

/** How many texts are remembered on one line at most: of so many plans and viewers at a time. */
export const MOST_TEXTS = 2_000;

/** What a gateway may send in one message at most, in bytes: fetches of a plan carry lists of keys. */
export const MOST_ASKED = 16 * 1024 * 1024;

/** One fetch as it goes over a line: what is a header over HTTP is a field here. */
export interface AskedOnLine {
  /** The ids of texts. */
  readonly query: number;
  readonly viewer: number;
  readonly operationName?: string | undefined;
  readonly requestId: string;
  readonly traceparent: string;
  /** Milliseconds that the fetch may take. */
  readonly deadlineMs: number;
  readonly explain?: true | undefined;
}

/** Writes a fetch: what is asked, a line feed (which JSON text does not hold), and the variables as JSON. */
export const askText = (asked: AskedOnLine, variables: string): string =>
  `${JSON.stringify(asked)}\n${variables}`;

/** Reads a fetch. @throws SyntaxError when it is none. */
export function readAsk(
  text: string,
): AskedOnLine & { readonly variables: Readonly<Record<string, unknown>> } {
  const end = text.indexOf('\n');
  return { ...JSON.parse(text.slice(0, end)), variables: JSON.parse(text.slice(end + 1)) };
}
