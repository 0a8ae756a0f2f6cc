import { Document } from '../core/document.ts';
import type { MatchEnv } from '../core/env.ts';
import { fail } from '../core/errors.ts';
import type { Matcher } from '../core/match/matcher.ts';
import { compileUpdate, type Update } from '../core/update/update.ts';
import { checkUpsertQuery, upsertDocument } from '../core/update/upsert.ts';
import { typeNames, typeOf, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Row } from '../planner/execute.ts';
import type { Collection } from '../store/catalog.ts';
import type { ChangeKind, Writer } from '../store/writer.ts';
import { toStore } from './stored-document.ts';
import { pipelineOfUpdate } from './update-pipeline.ts';
import { checkValid } from './validation.ts';

/** An update ready to be applied, and how the change log is told of it. */
export interface PreparedUpdate {
  readonly update: Update;
  readonly change: ChangeKind;
  readonly isReplacement: boolean;
}

interface UpdateParts {
  readonly arrayFilters: Value | undefined;
  readonly constants: Value | undefined;
  readonly env: MatchEnv;
}

/** Operators that set a path as a whole: change events show the whole new value of that path. */
const wholeSetters = [
  '$set',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$currentDate',
  '$bit',
  '$setOnInsert',
];

function changeOf(spec: Document | readonly Value[], update: Update): ChangeKind {
  if (update.kind === 'replacement') return { kind: 'replace' };
  if (!(spec instanceof Document)) return { kind: 'update' };
  const whole = new Set<string>();
  for (const operator of wholeSetters) {
    const fields = spec.get(operator);
    if (!(fields instanceof Document)) continue;
    for (const [path, value] of fields.entries()) whole.add(operator === '$rename' ? String(value) : path);
  }
  return { kind: 'update', whole };
}

/** Throws 14 for an array filter that is no document. */
function filtersOf(arrayFilters: Value | undefined): Document[] | undefined {
  if (!Array.isArray(arrayFilters)) return undefined;
  return arrayFilters.map((filter, i) =>
    filter instanceof Document
      ? filter
      : fail(
          14,
          'TypeMismatch',
          `BSON field 'arrayFilters.${i}' is the wrong type '${typeNames[typeOf(filter)]}', expected type 'object'`,
        ),
  );
}

/** Compiles the `u` of an update or the `update` of a findAndModify. Throws what compileUpdate throws. */
export function prepareUpdate(
  spec: Value,
  { arrayFilters, constants, env }: UpdateParts,
  engine: Engine,
): PreparedUpdate {
  if (!(spec instanceof Document || Array.isArray(spec)))
    return fail(9, 'FailedToParse', 'Update argument must be either an object or an array');
  if (constants !== undefined && !Array.isArray(spec)) {
    fail(51198, 'Location51198', 'Constant values may only be specified for pipeline updates');
  }
  const filters = filtersOf(arrayFilters);
  const { clock } = engine.store;
  const update = compileUpdate(spec, {
    ...(filters && { arrayFilters: filters }),
    env: { ...env, pipeline: pipelineOfUpdate, timestamp: () => clock.tick() },
  });
  return { update, change: changeOf(spec, update), isReplacement: update.kind === 'replacement' };
}

/** Changes one document; gives the new one, or undefined when there was nothing to change. */
export function applyTo(
  writer: Writer,
  collection: Collection,
  row: Row,
  matcher: Matcher,
  { update, change }: PreparedUpdate,
  bypass: boolean,
): Document | undefined {
  const changed = update.apply(row.doc, { matcher, isInsert: false });
  if (changed === row.doc) return undefined;
  const after = Document.fromBytes(changed.toBytes());
  if (!bypass) checkValid(collection, after, row.doc);
  writer.replace(collection, row.record, row.doc, after, change);
  return after;
}

/** Inserts what an upsert makes of its query and update. */
export function insertNew(
  engine: Engine,
  writer: Writer,
  collection: Collection,
  matcher: Matcher,
  { update }: PreparedUpdate,
  bypass: boolean,
): Document {
  checkUpsertQuery(matcher.tree);
  const doc = toStore(upsertDocument(matcher.tree, update), engine.store.clock);
  if (!bypass) checkValid(collection, doc);
  writer.insert(collection, doc);
  return doc;
}
