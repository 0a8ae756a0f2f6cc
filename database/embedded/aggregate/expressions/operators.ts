import { accumulatingOperators } from './accumulating.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './array.ts';
import { arrayToObjectOperators } from './array-to-object.ts';
import { bindingOperators } from './binding.ts';
import { booleanOperators } from './boolean.ts';
import { comparisonOperators } from './comparison.ts';
import { datePartOperators } from './date.ts';
import { dateMathOperators } from './date-math.ts';
import { datePartsOperators } from './date-parts.ts';
import { dateTextOperators } from './date-text.ts';
import { exponentialOperators } from './exponential.ts';
import type { OperatorTable } from './expression.ts';
import { objectOperators } from './object.ts';
import { regexOperators } from './regex.ts';
import { roundingOperators } from './rounding.ts';
import { setOperators } from './set.ts';
import { sortArrayOperators } from './sort-array.ts';
import { specialOperators } from './special.ts';
import { stringOperators } from './string.ts';
import { substringOperators } from './substring.ts';
import { trigonometryOperators } from './trigonometry.ts';
import { typeOperators } from './type.ts';
import { zipOperators } from './zip.ts';

/** All expression operators, by name. */
export const expressionOperators: OperatorTable = {
  ...arithmeticOperators,
  ...roundingOperators,
  ...exponentialOperators,
  ...trigonometryOperators,
  ...comparisonOperators,
  ...booleanOperators,
  ...stringOperators,
  ...substringOperators,
  ...regexOperators,
  ...datePartOperators,
  ...dateTextOperators,
  ...datePartsOperators,
  ...dateMathOperators,
  ...arrayOperators,
  ...arrayToObjectOperators,
  ...sortArrayOperators,
  ...zipOperators,
  ...bindingOperators,
  ...setOperators,
  ...objectOperators,
  ...typeOperators,
  ...accumulatingOperators,
  ...specialOperators,
};
