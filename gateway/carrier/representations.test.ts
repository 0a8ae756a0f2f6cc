import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutRepeats } from './representations.ts';

const reference = (id: number) => ({ __typename: 'Unit', id });
/** A subgraph that answers each reference, and has an error for each odd one. */
const answer = (variables: Readonly<Record<string, unknown>>) => {
  const references = variables.representations as { id: number }[];
  return {
    data: { _entities: references.map(({ id }) => ({ name: `unit ${id}`, list: [{ id }] })) },
    errors: references.flatMap(({ id }, index) =>
      id % 2 ? [{ message: `odd ${id}`, path: ['_entities', index, 'name'] }] : [],
    ),
  };
};

const objectsIn = (value: unknown): object[] =>
  typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : [];

describe('fetches without repeats', () => {
  it('answer as if every reference had been sent, and share no object', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 }), (ids) => {
        const variables = { first: 3, representations: ids.map(reference) };
        const { variables: sent, expand } = withoutRepeats(variables);
        expect(sent).toEqual({ first: 3, representations: [...new Set(ids)].map(reference) });
        const expanded = expand(answer(sent));
        const whole = answer(variables);
        expect(expanded.data).toEqual(whole.data);
        const byPath = (errors: unknown) =>
          [...(errors as object[])].map((error) => JSON.stringify(error)).sort();
        expect(byPath(expanded.errors)).toEqual(byPath(whole.errors));
        const entities = objectsIn(expanded.data?._entities);
        expect(new Set(entities).size).toBe(entities.length);
      }),
    );
  });

  it('leave an answer without entities as it is', () => {
    const { expand } = withoutRepeats({ representations: [reference(1), reference(1)] });
    const failed = { errors: [{ message: 'no', path: [] }] };
    expect(expand(failed)).toEqual(failed);
    expect(expand({ data: null })).toEqual({ data: null });
  });

  it('leave other variables alone', () => {
    const variables = { id: 1 };
    expect(withoutRepeats(variables).variables).toBe(variables);
  });
});
