import { Document } from '../../core/document.ts';
import type { Value } from '../../core/values.ts';
import type { Accumulation, Accumulator } from '../accumulators/accumulator.ts';
import { accumulators } from '../accumulators/accumulators.ts';
import { type Extent, extentsOf, parseBounds, WHOLE } from './bounds.ts';
import type { WindowFunction, WindowParser, WindowTable } from './function.ts';

const nothing = Document.of();

/** A result that later additions do not change. */
function settled(state: Accumulator): Value {
  const value = state.result() ?? null;
  return Array.isArray(value) ? [...value] : value;
}

function overAll(values: readonly (Value | undefined)[], state: Accumulator): Value[] {
  for (const value of values) state.add(value);
  const result = settled(state);
  return values.map(() => result);
}

/** Windows whose edges move forward: what leaves is taken away again, or all is begun anew. */
function sliding(
  values: readonly (Value | undefined)[],
  extents: readonly Extent[],
  create: () => Accumulator,
): Value[] {
  let state = create();
  let from = 0;
  let to = 0;
  return extents.map((extent) => {
    if (extent.from > from && (state.remove === undefined || extent.from >= to)) {
      state = create();
      from = extent.from;
      to = extent.from;
    }
    for (; from < extent.from; from++) state.remove?.(values[from]);
    for (; to < extent.to; to++) state.add(values[to]);
    return settled(state);
  });
}

function windowed(
  { argument, create }: Accumulation,
  bounds: Parameters<typeof extentsOf>[0],
): WindowFunction {
  const whole = bounds.lower === 'unbounded' && bounds.upper === 'unbounded';
  return ({ docs, keys }) => {
    const values = docs.map((doc) => argument.evaluate(doc));
    if (whole) return overAll(values, create(nothing));
    return sliding(values, extentsOf(bounds, keys), () => create(nothing));
  };
}

const accumulating: WindowParser = ({ operand, window, sort, compiler, name }) => {
  const parse = accumulators[name] as (typeof accumulators)[string];
  const accumulation = parse(operand, compiler, name);
  return windowed(accumulation, window === undefined ? WHOLE : parseBounds(window, sort, compiler));
};

/** Accumulators over windows. */
export const accumulatingFunctions: WindowTable = Object.fromEntries(
  Object.keys(accumulators)
    .filter((name) => name !== '$mergeObjects')
    .map((name) => [name, accumulating]),
);
