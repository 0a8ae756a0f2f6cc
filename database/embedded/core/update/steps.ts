import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { identical } from '../identical.ts';
import { show } from '../show.ts';
import { idText, immutable } from '../storable.ts';
import { checkDepth } from '../validate.ts';
import type { Value } from '../values.ts';
import type { Edit, Located } from './edit.ts';
import type { Action, Site } from './env.ts';
import { KEEP, REMOVE } from './env.ts';

/** One change at a concrete path; says whether it changed anything. */
export interface Step {
  readonly names: readonly string[];
  run(edit: Edit, original: Document, isInsert: boolean): boolean;
}

const isNumeric = (part: string): boolean => /^\d+$/.test(part);

function checkNotId(names: readonly string[], original: Document): void {
  if (names[0] !== '_id' || !original.has('_id')) return;
  immutable(`Performing an update on the path '${names.join('.')}' would modify the immutable field '_id'`);
}

/** A field at the top of a document cannot begin with `$`, a DBRef's fields excepted. */
function checkTopName(names: readonly string[], isNew: boolean): void {
  const [name = ''] = names;
  if (!name.startsWith('$') || ['$ref', '$id', '$db'].includes(name)) return;
  if (!isNew && names.length > 1) return;
  fail(
    52,
    'DollarPrefixedFieldName',
    `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
  );
}

function put(edit: Edit, names: readonly string[], value: Value): void {
  checkDepth(value, names.length);
  edit.set(names, value);
}

function changeExisting(
  edit: Edit,
  action: Action,
  site: Site,
  names: readonly string[],
  old: Value,
): boolean {
  const result = action.update(old, site);
  if (result === KEEP || result === old) return false;
  checkNotId(names, edit.root);
  if (result === REMOVE) {
    edit.remove(names);
  } else {
    checkTopName(names, false);
    put(edit, names, result);
  }
  return true;
}

/** Operators that create nothing still fail where the path could not even exist, $unset excepted. */
function checkViable({ deepest, depth }: Located, names: readonly string[]): void {
  const part = names[depth] as string;
  if (deepest instanceof Document || (Array.isArray(deepest) && isNumeric(part))) return;
  fail(
    28,
    'PathNotViable',
    `Cannot use the part (${part}) of (${names.join('.')}) to traverse the element ({${names[depth - 1]}: ${show(deepest)}})`,
  );
}

function createMissing(
  edit: Edit,
  action: Action,
  site: Site,
  names: readonly string[],
  located: Located,
): boolean {
  if (action.create === undefined) {
    if (!action.lenient) checkViable(located, names);
    return false;
  }
  const had = edit.root.has('_id');
  put(edit, names, action.create(site));
  if (located.depth === 0) checkTopName(names, true);
  if (names[0] === '_id' && had) {
    const id = show(edit.root.get('_id'));
    immutable(
      `Updating the path '${names.slice(0, located.depth).join('.')}' to _id: ${id} would modify the immutable field '_id'`,
    );
  }
  return true;
}

/** The step of an operator's action at a path. */
export function actionStep(names: readonly string[], action: Action): Step {
  const path = names.join('.');
  const name = names.at(-1) as string;
  return {
    names,
    run(edit, original, isInsert) {
      if (action.onInsert && !isInsert) return false;
      const site = { path, name, doc: original };
      const located = edit.locate(names);
      return located.value === undefined
        ? createMissing(edit, action, site, names, located)
        : changeExisting(edit, action, site, names, located.value);
    },
  };
}

function refuseArray(
  which: 'source' | 'destination',
  names: readonly string[],
  doc: Document,
  array: string,
): never {
  return fail(
    2,
    'BadValue',
    `The ${which} field cannot be an array element, '${names.join('.')}' in doc with ${idText(doc)} has an array field called '${array}'`,
  );
}

function checkSourceViable({ deepest, depth }: Located, from: readonly string[]): void {
  if (depth === 0 || deepest instanceof Document) return;
  if (Array.isArray(deepest) && isNumeric(from[depth] as string)) return;
  const part = from[depth - 1];
  fail(
    28,
    'PathNotViable',
    `cannot use the part (${part} of ${from.join('.')}) to traverse the element ({${part}: ${show(deepest)}})`,
  );
}

/** Sets the destination to the source's value, then removes the source. Neither may lie in an array. */
export function renameStep(from: readonly string[], to: readonly string[]): Step {
  return {
    names: to,
    run(edit, original) {
      const source = edit.locate(from);
      if (source.value === undefined) {
        checkSourceViable(source, from);
        return false;
      }
      if (source.array !== undefined) refuseArray('source', from, original, source.array);
      const target = edit.locate(to);
      const inArray =
        target.array ??
        (target.depth < to.length && Array.isArray(target.deepest) ? to[target.depth - 1] : undefined);
      if (inArray !== undefined) refuseArray('destination', to, original, inArray);
      const { value } = source;
      const same = target.value !== undefined && identical(target.value, value);
      if (!same) actionStep(to, { update: () => value, create: () => value }).run(edit, original, false);
      if (from[0] === '_id') {
        immutable(
          `Unsetting the path '${from.join('.')}' using $rename would modify the immutable field '_id'`,
        );
      }
      edit.remove(from);
      return true;
    },
  };
}
