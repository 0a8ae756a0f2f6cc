import { expect, test } from 'vitest';
import { hideLiterals } from './hideLiterals.ts';

test.each([
  ['{ person(name: "Phạm Thị Tư", id: 200123456) { id } }', '{\n  person(name: "", id: 0) {\n    id\n  }\n}'],
  [
    '{ people(filter: { weight: 62.5, note: """a\n text""", sex: F, kin: null, living: true }) }',
    '{\n  people(filter: {weight: 0, note: "", sex: F, kin: null, living: true})\n}',
  ],
  [
    'query Q($name: String = "Tư") { person(name: $name) }',
    'query Q($name: String = "") {\n  person(name: $name)\n}',
  ],
  ['no GraphQL "Tư"', ''],
])('%s', (operation, hidden) => {
  expect(hideLiterals(operation)).toBe(hidden);
});
