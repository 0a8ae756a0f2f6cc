import { Document } from './document.ts';
import { fail, MongoError } from './errors.ts';
import { show } from './show.ts';
import { checkDepth } from './validate.ts';
import type { Value } from './values.ts';
import { BSON, typeNames, typeOf } from './values.ts';

/** Where a `$`-prefixed field was met, for the message. */
type DollarContext = 'replacement' | 'insert';

function dollarProblem(name: string, context: DollarContext): never {
  const hint =
    context === 'insert'
      ? "' is not allowed in the context of an insert. Consider using an aggregation pipeline with $replaceWith."
      : "' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.";
  return fail(52, 'DollarPrefixedFieldName', `The dollar ($) prefixed field '${name}' in '${name}${hint}`);
}

/** `$ref`, `$id` and `$db` are fields of a DBRef when they follow each other in this order; all other `$` names are refused. */
function checkDollarField(doc: Document, at: number, context: DollarContext): void {
  const names = doc.keys();
  const values = doc.values();
  let i = at;
  const bad = (message: string): never => fail(55, 'InvalidDBRef', message);
  const typed = (name: string, value: Value): void => {
    if (typeof value !== 'string') {
      bad(`The DBRef ${name} field must be a String, not a ${typeNames[typeOf(value)]}`);
    }
  };
  if (names[i] === '$db') {
    typed('$db', values[i] as Value);
    i--;
    if (names[i] !== '$id') bad('Found $db field without a $id before it, which is invalid.');
  }
  if (names[i] === '$id') {
    i--;
    if (names[i] !== '$ref') bad('Found $id field without a $ref before it, which is invalid.');
  }
  if (names[i] !== '$ref') dollarProblem(names[at] as string, context);
  typed('$ref', values[i] as Value);
  if (names[i + 1] !== '$id') bad('The DBRef $ref field must be followed by a $id field');
}

function firstDollarName(value: Value): string | undefined {
  if (Array.isArray(value)) return value.map(firstDollarName).find((name) => name !== undefined);
  if (!(value instanceof Document)) return undefined;
  const own = value.keys().find((name) => name.startsWith('$') && !['$ref', '$id', '$db'].includes(name));
  return (
    own ??
    value
      .values()
      .map(firstDollarName)
      .find((name) => name !== undefined)
  );
}

/** Throws 53 for a type that `_id` cannot have, 52 for `$`-prefixed names inside it. */
export function checkId(id: Value): void {
  const type = typeOf(id);
  if (type === BSON.regex || type === BSON.array || type === BSON.undefined) {
    fail(53, 'InvalidIdField', `The '_id' value cannot be of type ${typeNames[type]}`);
  }
  const dollar = id instanceof Document ? firstDollarName(id) : undefined;
  if (dollar !== undefined) {
    fail(
      52,
      'DollarPrefixedFieldName',
      `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
    );
  }
}

/**
 * Checks a document about to be stored: the type of `_id`, `$`-prefixed names at the top (deeper ones are fine
 * since 5.0), and depth. `dollars` names the context that refuses them; without it they are allowed.
 */
export function checkStorable(doc: Document, dollars?: DollarContext): void {
  const id = doc.get('_id');
  if (id !== undefined) checkId(id);
  if (dollars !== undefined) {
    for (const [i, name] of doc.keys().entries()) if (name.startsWith('$')) checkDollarField(doc, i, dollars);
  }
  checkDepth(doc);
}

/** A problem with `_id` that an update met, told as the server tells it. */
export function immutable(message: string): never {
  throw new MongoError(66, 'ImmutableField', message);
}

/** `_id: 5`, or `no id`. */
export function idText(doc: Document): string {
  const id = doc.get('_id');
  return id === undefined ? 'no id' : `_id: ${show(id)}`;
}
