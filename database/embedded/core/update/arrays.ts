import { compareValues, equalValues, hashKey } from '../compare.ts';
import { Document } from '../document.ts';
import { fail } from '../errors.ts';
import { parseLong } from '../match/integers.ts';
import { compileMatch } from '../match/matcher.ts';
import { queryOperators } from '../match/operators.ts';
import { isNumber } from '../numbers.ts';
import { show } from '../show.ts';
import { RegExpValue, typeNames, typeOf, type Value } from '../values.ts';
import type { Action, ActionParser, UpdateEnv } from './env.ts';
import { KEEP } from './env.ts';

const bad = (message: string): never => fail(2, 'BadValue', message);

export const addToSet: ActionParser = (argument, env): Action => {
  const values = valuesToAdd(argument);
  const add = (items: readonly Value[]): Value[] => {
    const known = new Set(items.map((item) => hashKey(item, env.collation)));
    const added: Value[] = [];
    for (const value of values) {
      const key = hashKey(value, env.collation);
      if (known.has(key)) continue;
      known.add(key);
      added.push(value);
    }
    return added;
  };
  return {
    update(old, { path }) {
      if (!Array.isArray(old)) {
        return bad(
          `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1)}' has non-array type ${typeNames[typeOf(old)]}`,
        );
      }
      const added = add(old);
      return added.length === 0 ? KEEP : [...old, ...added];
    },
    create: () => add([]),
  };
};

function valuesToAdd(argument: Value): readonly Value[] {
  if (!(argument instanceof Document) || argument.keys()[0] !== '$each') return [argument];
  const each = argument.get('$each') as Value;
  if (!Array.isArray(each)) {
    fail(
      14,
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${typeNames[typeOf(each)]}`,
    );
  }
  if (argument.size > 1) bad(`Found unexpected fields after $each in $addToSet: ${show(argument)}`);
  return each;
}

export const pop: ActionParser = (argument, _, path): Action => {
  const parsed = parseLong(path, argument);
  if ('problem' in parsed) return fail(9, 'FailedToParse', parsed.problem);
  if (parsed.value !== 1n && parsed.value !== -1n) {
    fail(9, 'FailedToParse', `$pop expects 1 or -1, found: ${show(argument)}`);
  }
  return {
    update(old, site) {
      if (!Array.isArray(old)) {
        return fail(
          14,
          'TypeMismatch',
          `Path '${site.path}' contains an element of non-array type '${typeNames[typeOf(old)]}'`,
        );
      }
      if (old.length === 0) return KEEP;
      return parsed.value === 1n ? old.slice(0, -1) : old.slice(1);
    },
  };
};

/** Drops the items that a test picks. */
function culling(picks: (item: Value) => boolean): Action {
  return {
    update(old) {
      if (!Array.isArray(old)) return bad('Cannot apply $pull to a non-array value');
      const kept = old.filter((item) => !picks(item));
      return kept.length === old.length ? KEEP : kept;
    },
  };
}

export const pullAll: ActionParser = (argument, env) => {
  if (!Array.isArray(argument)) {
    return bad(`$pullAll requires an array argument but was given a ${typeNames[typeOf(argument)]}`);
  }
  const keys = new Set(argument.map((value) => hashKey(value, env.collation)));
  return culling((item) => keys.has(hashKey(item, env.collation)));
};

/**
 * $pull takes a value to equal, a query on documents (`{ a: 1 }` picks documents with more fields too), or
 * operators and regular expressions, which look at the item as if it stood in a field.
 */
export const pull: ActionParser = (argument, env) => {
  const isDocument = argument instanceof Document;
  if (isDocument && !Object.hasOwn(queryOperators, argument.keys()[0] ?? '')) {
    const matcher = compileMatch(argument, env, 'plain');
    return culling((item) => item instanceof Document && matcher.matches(item));
  }
  if (isDocument || argument instanceof RegExpValue) {
    const matcher = compileMatch(Document.of([['', argument]]), env, 'plain');
    return culling((item) => matcher.matches(Document.of([['', item]])));
  }
  return culling((item) => equalValues(item, argument, env.collation));
};

interface Push {
  readonly values: readonly Value[];
  readonly position: number;
  readonly slice: number | undefined;
  readonly sort: ((a: Value, b: Value) => number) | undefined;
}

export const push: ActionParser = (argument, env): Action => {
  const spec = parsePush(argument, env);
  return {
    update(old, { path, doc }) {
      if (!Array.isArray(old)) {
        const id = doc.get('_id');
        const which = id === undefined ? 'no id' : `_id: ${show(id)}`;
        return bad(
          `The field '${path}' must be an array but is of type ${typeNames[typeOf(old)]} in document {${which}}`,
        );
      }
      const items = pushed(old, spec);
      const untouched = spec.values.length === 0 && spec.sort === undefined && items.length === old.length;
      return untouched ? KEEP : items;
    },
    create: () => pushed([], spec),
  };
};

function pushed(old: readonly Value[], { values, position, slice, sort }: Push): Value[] {
  const at = position < 0 ? Math.max(0, old.length + position) : Math.min(position, old.length);
  const items = [...old.slice(0, at), ...values, ...old.slice(at)];
  if (sort) items.sort(sort);
  if (slice === undefined) return items;
  return slice >= 0 ? items.slice(0, slice) : items.slice(Math.max(0, items.length + slice));
}

function parsePush(argument: Value, env: UpdateEnv): Push {
  if (!(argument instanceof Document) || !argument.has('$each')) {
    return { values: [argument], position: Number.POSITIVE_INFINITY, slice: undefined, sort: undefined };
  }
  const names = argument.keys();
  for (const [i, name] of names.entries()) {
    if (!['$each', '$slice', '$sort', '$position'].includes(name))
      bad(`Unrecognized clause in $push: ${name}`);
    if (names.indexOf(name) !== i) bad(`Only one ${name} is supported.`);
  }
  const values = argument.get('$each') as Value;
  if (!Array.isArray(values)) {
    return bad(
      `The argument to $each in $push must be an array but it was of type: ${typeNames[typeOf(values)]}`,
    );
  }
  const slice = clause(
    argument,
    '$slice',
    'The value for $slice must be an integer value but was given type: ',
  );
  const sort = argument.get('$sort');
  const position = clause(
    argument,
    '$position',
    'The value for $position must be an integer value, not of type: ',
  );
  return {
    values,
    slice,
    sort: sort === undefined ? undefined : itemOrder(sort, env),
    position: position ?? Number.POSITIVE_INFINITY,
  };
}

function clause(argument: Document, name: string, problem: string): number | undefined {
  const value = argument.get(name);
  if (value === undefined) return undefined;
  const parsed = parseLong(name, value);
  return 'problem' in parsed ? bad(`${problem}${typeNames[typeOf(value)]}`) : Number(parsed.value);
}

function direction(value: Value): number {
  const order = isNumber(value) ? compareValues(value, 0) : 0;
  if (order === 0 || !equalValues(value, order)) bad('The $sort element value must be either 1 or -1');
  return order;
}

/** Compares whole items, or documents by fields; items without the field count as null, arrays are not entered. */
function itemOrder(sort: Value, env: UpdateEnv): (a: Value, b: Value) => number {
  const { collation } = env;
  if (isNumber(sort)) {
    const sign = direction(sort);
    return (a, b) => sign * compareValues(a, b, collation);
  }
  if (!(sort instanceof Document)) {
    return bad(
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  if (sort.size === 0) bad('The $sort pattern is empty when it should be a set of fields.');
  const parts = sort.entries().map(([path, value]) => ({ sign: direction(value), names: sortPath(path) }));
  return (a, b) => {
    for (const { sign, names } of parts) {
      const order = compareValues(valueAt(a, names), valueAt(b, names), collation);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

function sortPath(path: string): readonly string[] {
  if (path === '') bad('The $sort field cannot be empty');
  const names = path.split('.');
  if (names.includes('')) bad(`The $sort field is a dotted field but has an empty part: ${path}`);
  return names;
}

function valueAt(item: Value, names: readonly string[]): Value {
  let here: Value | undefined = item;
  for (const name of names) {
    if (here instanceof Document) here = here.get(name);
    else here = Array.isArray(here) && /^\d+$/.test(name) ? here[Number(name)] : undefined;
  }
  return here === undefined ? null : here;
}
