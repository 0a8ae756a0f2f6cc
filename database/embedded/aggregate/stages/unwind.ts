import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, refuse } from '../expressions/arguments.ts';
import { isNullish } from '../expressions/expression.ts';
import { splitPath } from '../expressions/field-path.ts';
import type { StageParser, StageTable } from './stage.ts';

interface UnwindSpec {
  readonly path: readonly string[];
  readonly preserve: boolean;
  readonly index: readonly string[] | undefined;
}

function option(name: string, value: Value, so: { path?: Value; preserve?: boolean; index?: string }): void {
  if (name === 'path') {
    if (typeof value !== 'string') {
      refuse(28808, `expected a string as the path for $unwind stage, got ${nameOfType(value)}`);
    }
    so.path = value;
  } else if (name === 'preserveNullAndEmptyArrays') {
    if (typeof value !== 'boolean') {
      refuse(
        28809,
        `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${nameOfType(value)}`,
      );
    }
    so.preserve = value;
  } else if (name === 'includeArrayIndex') {
    if (typeof value !== 'string' || value === '') {
      refuse(
        28810,
        `expected a non-empty string for the includeArrayIndex  option to $unwind stage, got ${nameOfType(value)}`,
      );
    }
    if (value.startsWith('$')) {
      refuse(28822, `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${value}`);
    }
    so.index = value;
  } else refuse(28811, `unrecognized option to $unwind stage: ${name}`);
}

/** Parses both forms of an $unwind. */
export function parseUnwind(spec: Value): UnwindSpec {
  const so: { path?: Value; preserve?: boolean; index?: string } = {};
  if (spec instanceof Document) for (const [name, value] of spec.entries()) option(name, value, so);
  else if (typeof spec === 'string') so.path = spec;
  else {
    refuse(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${nameOfType(spec)}`,
    );
  }
  const { path } = so;
  if (typeof path !== 'string' || path === '') refuse(28812, 'no path specified to $unwind stage');
  if (!path.startsWith('$'))
    refuse(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return {
    path: splitPath(path.slice(1)),
    preserve: so.preserve ?? false,
    index: so.index === undefined ? undefined : splitPath(so.index),
  };
}

/** The value at a path through documents only; arrays on the way end it. */
function nested(doc: Document, path: readonly string[]): Value | undefined {
  let value: Value | undefined = doc;
  for (const name of path) value = value instanceof Document ? value.get(name) : undefined;
  return value;
}

/** A copy with the value at a path through documents; what is none on the way becomes one. Missing deletes. */
export function withNested(
  doc: Document,
  path: readonly string[],
  value: Value | undefined,
  depth = 0,
): Document {
  const copy = doc.clone();
  const name = path[depth] as string;
  if (depth === path.length - 1) {
    if (value === undefined) copy.delete(name);
    else copy.set(name, value);
    return copy;
  }
  const inner = doc.get(name);
  return copy.set(
    name,
    withNested(inner instanceof Document ? inner : Document.of(), path, value, depth + 1),
  );
}

function* unwound(doc: Document, { path, preserve, index }: UnwindSpec): Iterable<Document> {
  const place = (made: Document, at: bigint | null): Document =>
    index === undefined ? made : withNested(made, index, at);
  const value = nested(doc, path);
  if (!Array.isArray(value)) {
    if (!isNullish(value) || preserve) yield place(doc, null);
    return;
  }
  if (value.length === 0 && preserve) yield place(withNested(doc, path, undefined), null);
  for (let i = 0; i < value.length; i++) yield place(withNested(doc, path, value[i]), BigInt(i));
}

const unwind: StageParser = (spec) => {
  const parsed = parseUnwind(spec);
  return {
    *run(source) {
      for (const doc of source) yield* unwound(doc, parsed);
    },
  };
};

/** One document for each item of an array. */
export const unwindStages: StageTable = { $unwind: unwind };
