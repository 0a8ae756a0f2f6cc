import type { Document } from '../core/document.ts';
import { checkDeadline } from '../deadline.ts';
import { MAX_DOCUMENT_BYTES } from '../wire/message.ts';

const CHECK_EVERY = 128;

/** Documents one after the other, with one step back, so that a batch can end at its size limit. */
export class DocumentStream {
  readonly #documents: Iterator<Document>;
  #left: number;
  #kept: Document | undefined;
  #ended = false;

  /** `limit` is how many documents are wanted at most. */
  constructor(documents: Iterable<Document>, limit = Number.POSITIVE_INFINITY) {
    this.#documents = documents[Symbol.iterator]();
    this.#left = limit;
  }

  /** Known to have no more: the limit is reached, or the end was met. */
  get ended(): boolean {
    return this.#kept === undefined && (this.#ended || this.#left <= 0);
  }

  next(): Document | undefined {
    if (this.#kept) {
      const kept = this.#kept;
      this.#kept = undefined;
      return kept;
    }
    if (this.#ended || this.#left <= 0) return undefined;
    const step = this.#documents.next();
    if (step.done) {
      this.#ended = true;
      return undefined;
    }
    this.#left--;
    return step.value;
  }

  keep(doc: Document): void {
    this.#kept = doc;
  }

  close(): void {
    if (!this.#ended) this.#documents.return?.();
    this.#ended = true;
    this.#kept = undefined;
  }
}

/** As many documents as are asked for and fit into one answer. */
export function takeBatch(stream: DocumentStream, count: number, deadline?: number): Document[] {
  const batch: Document[] = [];
  let bytes = 0;
  while (batch.length < count) {
    if (batch.length % CHECK_EVERY === 0) checkDeadline(deadline);
    const doc = stream.next();
    if (doc === undefined) break;
    const size = doc.toBytes().length;
    if (batch.length > 0 && bytes + size > MAX_DOCUMENT_BYTES) {
      stream.keep(doc);
      break;
    }
    bytes += size + 8;
    batch.push(doc);
  }
  return batch;
}
