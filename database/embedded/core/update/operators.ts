import { bit, inc, mul } from './arithmetic.ts';
import { addToSet, pop, pull, pullAll, push } from './arrays.ts';
import type { ActionParser } from './env.ts';
import { currentDate, max, min, set, setOnInsert, unset } from './set.ts';

/** The update operators that work on one path, by name. `$rename` works on two and is apart (rename.ts). */
export const updateOperators: Readonly<Record<string, ActionParser>> = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $inc: inc,
  $mul: mul,
  $min: min,
  $max: max,
  $currentDate: currentDate,
  $bit: bit,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};
