import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { compileMatch, type Matcher } from '../core/match/matcher.ts';
import type { Collection } from '../store/catalog.ts';
import { effectiveCollation, envOf } from './query.ts';

const compiled = new WeakMap<Document, Matcher>();

function validatorOf(collection: Collection): Matcher | undefined {
  const spec = collection.options.get('validator');
  if (!(spec instanceof Document) || spec.size === 0) return undefined;
  let matcher = compiled.get(collection.options);
  if (!matcher) {
    matcher = compileMatch(spec, envOf(effectiveCollation(undefined, collection)), 'validator');
    compiled.set(collection.options, matcher);
  }
  return matcher;
}

const INTERNAL = ['admin', 'local', 'config'];

/** Throws 72 for a validator in a database of the server's own, and what is wrong with it as a query. */
export function checkValidator(validator: Document, db: string): void {
  if (INTERNAL.includes(db))
    fail(72, 'InvalidOptions', `Document validators are not allowed in the ${db} internal database`);
  compileMatch(validator, envOf(undefined), 'validator');
}

/**
 * Throws 121 when a document breaks its collection's validator (manual, "Schema Validation"). With level
 * `moderate`, documents that were invalid before may stay so.
 */
export function checkValid(collection: Collection, doc: Document, before?: Document): void {
  const { options } = collection;
  if (options.size === 0) return;
  const matcher = validatorOf(collection);
  if (!matcher || options.get('validationLevel') === 'off' || options.get('validationAction') === 'warn')
    return;
  if (matcher.matches(doc)) return;
  if (options.get('validationLevel') === 'moderate' && before && !matcher.matches(before)) return;
  const validator = options.get('validator') as Document;
  const rule = Document.of([
    ['operatorName', validator.keys()[0]?.startsWith('$') ? (validator.keys()[0] as string) : '$and'],
    ['specifiedAs', validator],
    ['reason', 'the document does not match'],
  ]);
  const errInfo = Document.of([
    ['failingDocumentId', doc.get('_id') ?? null],
    ['details', rule],
  ]);
  const details = { errInfo };
  fail(121, 'DocumentValidationFailure', 'Document failed validation', { details });
}
