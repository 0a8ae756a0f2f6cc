import { accumulatingFunctions } from './accumulating.ts';
import { calculusFunctions } from './calculus.ts';
import { fillingFunctions } from './filling.ts';
import type { WindowTable } from './function.ts';
import { rankingFunctions } from './ranking.ts';

/** All functions of $setWindowFields, by name. */
export const windowFunctions: WindowTable = {
  ...accumulatingFunctions,
  ...rankingFunctions,
  ...fillingFunctions,
  ...calculusFunctions,
};
