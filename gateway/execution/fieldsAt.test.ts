import { getLocation, getOperationAST, parse } from 'graphql';
import { expect, it } from 'vitest';
import { fieldsAt } from './fieldsAt.ts';

const text = `query Named {
  unit { code ...Names parent { name: code } }
  unit { ... on Unit { parent { name: level } } }
}
fragment Names on Unit {
  name
}`;
const document = parse(text);

it.each([
  ['a field', ['unit', 'code'], ['2:10']],
  [
    'one that is selected twice, by the name the answer has for it',
    ['unit', 'parent', 'name'],
    ['2:33', '3:33'],
  ],
  ['one in a fragment', ['unit', 'name'], ['6:3']],
  ['one in lists', ['unit', 3, '@', 'code'], ['2:10']],
  ['one that was not asked', ['unit', 'level'], []],
  ['no place', [], []],
])('finds %s', (_what, path, places) => {
  const operation = getOperationAST(document);
  const found = operation ? fieldsAt(document, operation, path) : [];
  const placeOf = ({ loc }: (typeof found)[number]) => loc && getLocation(loc.source, loc.start);
  expect(found.map(placeOf).map((place) => `${place?.line}:${place?.column}`)).toEqual(places);
});
