import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { show } from '../show.ts';
import type { Value } from '../values.ts';

const MAX_PADDING = 1_500_000;

const isNumeric = (part: string): boolean => /^\d+$/.test(part);

/** Where a path leads in a document. */
export interface Located {
  /** How many parts of the path exist. */
  readonly depth: number;
  /** The value at the path, when all of it exists. */
  readonly value: Value | undefined;
  /** The deepest value that exists on the way. */
  readonly deepest: Value;
  /** Whether an array lies on the way (the value itself not counted), and how its path is called. */
  readonly array: string | undefined;
}

/**
 * A document being changed: the original stays as it is, what lies on changed paths is copied once.
 */
export class Edit {
  root: Document;
  readonly #owned = new Set<object>();

  constructor(original: Document) {
    this.root = original;
  }

  /** Follows a path of field names and array indexes as far as it exists. */
  locate(parts: readonly string[]): Located {
    let here: Value = this.root;
    let array: string | undefined;
    for (let depth = 0; depth < parts.length; depth++) {
      const part = parts[depth] as string;
      let next: Value | undefined;
      if (here instanceof Document) next = here.get(part);
      else if (Array.isArray(here)) {
        array ??= parts[depth - 1];
        next = isNumeric(part) ? here[Number(part)] : undefined;
      }
      if (next === undefined) return { depth, value: undefined, deepest: here, array };
      here = next;
    }
    return { depth: parts.length, value: here, deepest: here, array };
  }

  /** Puts a value at a path, making documents on the way and padding arrays with nulls. Throws 28 PathNotViable. */
  set(parts: readonly string[], value: Value): void {
    this.root = this.#put(this.root, parts, 0, value, undefined) as Document;
  }

  /** Takes a field away; an array's item becomes null instead. */
  remove(parts: readonly string[]): void {
    const parent = this.locate(parts.slice(0, -1)).value;
    if (Array.isArray(parent)) {
      this.set(parts, null);
      return;
    }
    this.root = this.#drop(this.root, parts, 0) as Document;
  }

  #drop(container: Value, parts: readonly string[], i: number): Value {
    const part = parts[i] as string;
    if (Array.isArray(container)) {
      const items = this.#ownArray(container);
      items[Number(part)] = this.#drop(items[Number(part)] as Value, parts, i + 1);
      return items;
    }
    const doc = this.#ownDocument(container as Document);
    if (i === parts.length - 1) doc.delete(part);
    else doc.set(part, this.#drop(doc.get(part) as Value, parts, i + 1));
    return doc;
  }

  #put(container: Value, parts: readonly string[], i: number, value: Value, name: string | undefined): Value {
    if (i === parts.length) return value;
    const part = parts[i] as string;
    if (container instanceof Document) {
      const doc = this.#ownDocument(container);
      const child = doc.get(part);
      doc.set(part, this.#put(child ?? (child === null ? null : this.#fresh()), parts, i + 1, value, part));
      return doc;
    }
    if (Array.isArray(container) && isNumeric(part)) {
      const items = this.#padded(container, Number(part));
      const child = items[Number(part)];
      items[Number(part)] = this.#put(child === undefined ? this.#fresh() : child, parts, i + 1, value, part);
      return items;
    }
    return fail(
      28,
      'PathNotViable',
      `Cannot create field '${part}' in element {${name}: ${show(container)}}`,
    );
  }

  #padded(items: Value[], index: number): Value[] {
    if (index - items.length > MAX_PADDING) {
      fail(34, 'CannotBackfillArray', `can't backfill more than ${MAX_PADDING} elements`);
    }
    const owned = this.#ownArray(items);
    while (owned.length < index) owned.push(null);
    return owned;
  }

  #fresh(): Document {
    const doc = Document.of();
    this.#owned.add(doc);
    return doc;
  }

  #ownDocument(doc: Document): Document {
    if (this.#owned.has(doc)) return doc;
    const copy = doc.clone();
    this.#owned.add(copy);
    return copy;
  }

  #ownArray(items: Value[]): Value[] {
    if (this.#owned.has(items)) return items;
    const copy = items.slice();
    this.#owned.add(copy);
    return copy;
  }
}
