import { type Collation, compareValues, hashKey } from '../../core/compare.ts';
import type { Value } from '../../core/values.ts';
import { nameOfType, operator, refuse, unary } from './arguments.ts';
import { isTrue } from './boolean.ts';
import { type Expression, isNullish, type Operator, type OperatorTable } from './expression.ts';

type Members = Map<string, Value>;

function membersOf(list: readonly Value[], collation: Collation | undefined): Members {
  const members: Members = new Map();
  for (const item of list) {
    const key = hashKey(item, collation);
    if (!members.has(key)) members.set(key, item);
  }
  return members;
}

/** MongoDB gives the members of a union or intersection in the order of values. */
function sorted(members: Members, collation: Collation | undefined): Value[] {
  return [...members.values()].sort((a, b) => compareValues(a, b, collation));
}

const union = operator(0, Infinity, (args, { env }) => (root) => {
  const all: Value[] = [];
  for (const arg of args) {
    const list = arg.evaluate(root);
    if (isNullish(list)) return null;
    if (!Array.isArray(list)) {
      refuse(17043, `All operands of $setUnion must be arrays. One argument is of type: ${nameOfType(list)}`);
    }
    for (const item of list) all.push(item);
  }
  return sorted(membersOf(all, env.collation), env.collation);
});

const intersection = operator(0, Infinity, (args, { env }) => (root) => {
  let common: Members | undefined;
  for (const arg of args) {
    const list = arg.evaluate(root);
    if (isNullish(list)) return null;
    if (!Array.isArray(list)) {
      refuse(
        17047,
        `All operands of $setIntersection must be arrays. One argument is of type: ${nameOfType(list)}`,
      );
    }
    const members = membersOf(list, env.collation);
    if (common === undefined) common = members;
    else for (const key of common.keys()) if (!members.has(key)) common.delete(key);
  }
  return sorted(common ?? new Map(), env.collation);
});

const difference = operator(2, 2, (args, { env }) => (root) => {
  const [a, b] = args.map((arg) => arg.evaluate(root));
  if (isNullish(a) || isNullish(b)) return null;
  if (!Array.isArray(a)) {
    refuse(
      17048,
      `both operands of $setDifference must be arrays. First argument is of type: ${nameOfType(a)}`,
    );
  }
  if (!Array.isArray(b)) {
    refuse(
      17049,
      `both operands of $setDifference must be arrays. Second argument is of type: ${nameOfType(b)}`,
    );
  }
  const taken = membersOf(b, env.collation);
  const left = membersOf(a, env.collation);
  return [...left].filter(([key]) => !taken.has(key)).map(([, item]) => item);
});

const equals: Operator = operator(2, Infinity, (args, { env }) => (root) => {
  const sets = args.map((arg, i) => {
    const list = arg.evaluate(root);
    if (!Array.isArray(list)) {
      refuse(
        17044,
        `All operands of $setEquals must be arrays. ${i + 1}-th argument is of type: ${nameOfType(list)}`,
      );
    }
    return membersOf(list, env.collation);
  });
  const [first = new Map<string, Value>(), ...others] = sets;
  return others.every((set) => set.size === first.size && [...set.keys()].every((key) => first.has(key)));
});

const isSubset = operator(2, 2, (args, { env }) => {
  const [first, second] = args as [Expression, Expression];
  return (root) => {
    const a = first.evaluate(root);
    if (!Array.isArray(a)) {
      refuse(
        17046,
        `both operands of $setIsSubset must be arrays. First argument is of type: ${nameOfType(a)}`,
      );
    }
    const b = second.evaluate(root);
    if (!Array.isArray(b)) {
      refuse(
        17042,
        `both operands of $setIsSubset must be arrays. Second argument is of type: ${nameOfType(b)}`,
      );
    }
    const whole = membersOf(b, env.collation);
    return a.every((item) => whole.has(hashKey(item, env.collation)));
  };
});

const elements = (code: number, test: (items: readonly Value[]) => boolean): Operator =>
  unary((list, name) => {
    if (!Array.isArray(list)) refuse(code, `${name}'s argument must be an array, but is ${nameOfType(list)}`);
    return test(list);
  });

/** Arrays as sets: order and repetition do not count. */
export const setOperators: OperatorTable = {
  $setUnion: union,
  $setIntersection: intersection,
  $setDifference: difference,
  $setEquals: equals,
  $setIsSubset: isSubset,
  $allElementsTrue: elements(17040, (items) => items.every(isTrue)),
  $anyElementTrue: elements(17041, (items) => items.some(isTrue)),
};
