import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { readExamples } from './examples.ts';

const directory = new URL('../schema/operations/', import.meta.url);
const examples = readExamples(directory).map((example) => ({
  ...example,
  number: /^# ([DP]\d+)\. /u.exec(example.query)?.[1] ?? 'none',
}));

const operationsOf = (query: string): OperationDefinitionNode[] =>
  parse(query).definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);

test('the explorer opens on D1 to D13 and P1 to P6, in this order', () => {
  const upTo = (letter: string, last: number) =>
    Array.from({ length: last }, (_, index) => `${letter}${index + 1}`);
  expect(examples.map(({ number }) => number)).toEqual([...upTo('D', 13), ...upTo('P', 6)]);
});

test.each(examples)('$number is one operation with a name, which is the title of its tab', ({ query }) => {
  expect(operationsOf(query)).toMatchObject([{ name: { value: expect.stringMatching(/^[A-Z]/u) } }]);
});

test.each(examples)('$number has variables that it declares, and all that it needs', (example) => {
  const variables = operationsOf(example.query)[0]?.variableDefinitions ?? [];
  const needed = variables.filter((one) => one.type.kind === Kind.NON_NULL_TYPE && !one.defaultValue);
  const namesOf = (list: typeof variables) => list.map(({ variable }) => variable.name.value);
  const given = Object.keys(JSON.parse(example.variables ?? '{}'));
  expect(namesOf(variables)).toEqual(expect.arrayContaining(given));
  expect(given).toEqual(expect.arrayContaining(namesOf(needed)));
});

test.each(examples)('$number is opened as who asks it', ({ number, title, asker, headers }) => {
  const expected = number.startsWith('P')
    ? { 'x-demo-viewer': 'role=PARTNER; scopes=awards:verify export:read' }
    : null;
  expect(JSON.parse(headers ?? 'null')).toEqual(expected);
  expect(title).toMatch(new RegExp(`^${number}\\. \\S`, 'u'));
  expect(asker).toBe(expected ? 'Apps of partners' : 'Dashboards of the ministry');
});

test('a directory that is not there has none', () => {
  expect(readExamples(new URL('./nowhere/', directory))).toEqual([]);
});
