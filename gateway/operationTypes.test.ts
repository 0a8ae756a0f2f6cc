import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { knownOperationTypesRule } from './operationTypes.ts';

const contract = buildSchema('type Query { units: Int }');
const faultsOf = (query: string): string[] =>
  validate(contract, parse(query), [knownOperationTypesRule]).map(({ message }) => message);

test.each([
  ['query { units }', []],
  ['mutation { openUnit(input: {}) { unit { id } } }', ['There are no mutations here.']],
  ['query A { units } subscription B { units }', ['There are no subscriptions here.']],
])('%s', (query, expected) => {
  expect(faultsOf(query)).toEqual(expected);
});

test('which graphql itself lets through', () => {
  expect(validate(contract, parse('mutation { openUnit(input: {}) { unit { id } } }'))).toEqual([]);
});
