import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { literalShape } from '../../gateway/limits/inputs.ts';
import { shapesOf } from '../../gateway/limits/shape.ts';
import { names, read } from './cases.ts';
import { estimateOf, limitsOf } from './costs.ts';

test.each(names)('%s is within the limits of whoever asks it, and leaves room to change it', (name) => {
  const limits = limitsOf(name);
  const document = parse(read(name));
  const [shape] = [...shapesOf(document).values()];
  const asked = { ...shape, ...literalShape(document), ...estimateOf(name) };
  const over = Object.entries(asked).filter(([kind, was]) => {
    const limit = limits[kind as keyof typeof limits];
    return limit !== null && was > limit * (kind === 'page' ? 1 : 0.75);
  });
  expect(over).toEqual([]);
});
