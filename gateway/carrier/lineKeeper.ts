import { LINE_PROTOCOL } from '../../server/line/messages.ts';
import type { Line } from './line.ts';

/** After an opening that failed: something on the way may not let it through, ever. */
const TRY_AGAIN_MS = 30_000;

/**
 * Keeps the line to one subgraph: opens it once the subgraph says over HTTP that it takes lines, and again when it has
 * ended and the subgraph says so anew. Nobody waits for it: fetches go over HTTP until it is there.
 */
export class LineKeeper {
  readonly #openLine: () => Promise<Line>;
  #line: Line | undefined;
  #opening = false;
  #notBefore = 0;
  #isClosed = false;

  /** `openLine` opens a new line, or throws. */
  constructor(openLine: () => Promise<Line>) {
    this.#openLine = openLine;
  }

  /** The open line, if there is one. */
  get open(): Line | undefined {
    return this.#line?.isOpen ? this.#line : undefined;
  }

  /** Hears which protocol of lines an answer over HTTP named. */
  hear(protocol: string | string[] | undefined): void {
    if (protocol !== LINE_PROTOCOL || this.#opening || this.#isClosed || this.open) return;
    if (performance.now() < this.#notBefore) return;
    this.#opening = true;
    this.#openLine()
      .then(
        (line) => {
          this.#line = line;
          if (this.#isClosed) line.close();
        },
        () => {
          this.#notBefore = performance.now() + TRY_AGAIN_MS;
        },
      )
      .finally(() => {
        this.#opening = false;
      });
  }

  close(): void {
    this.#isClosed = true;
    this.#line?.close();
  }
}
