import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { costModel } from '../../gateway/limits/cost.ts';
import { type Limits, limitsOfRole, MAX_TOKENS } from '../../gateway/limits/limits.ts';
import { weightsOf } from '../../gateway/limits/weights.ts';

const page = readFileSync('docs/limits.md', 'utf8');
const sdlOf = (name: string): string => readFileSync(`schema/${name}.graphql`, 'utf8');
const schema = buildSchema(sdlOf('api'));
const costs = costModel(schema, weightsOf(parse(sdlOf('supergraph'))));

/** The rows of the table, as `what`: code, inside, outside. */
const rows = new Map(
  [...page.matchAll(/^\| (.+?) \| `([A-Z_]+)` \| ([\d,]+).* \| ([\d,]+).* \|$/gmu)].map(
    ([, what, code, inside, outside]) =>
      [what ?? '', [code, number(inside), number(outside)] as const] as const,
  ),
);

function number(text = ''): number {
  return Number(text.replaceAll(',', ''));
}

test.each<[string, string, keyof Limits]>([
  ['fields inside each other; introspection is not counted', 'DEPTH_EXCEEDED', 'depth'],
  ['fields at the root', 'ROOT_FIELDS_EXCEEDED', 'rootFields'],
  ['aliases', 'ALIASES_EXCEEDED', 'aliases'],
  ['fields in all', 'FIELDS_EXCEEDED', 'fields'],
  ['directives in all', 'DIRECTIVES_EXCEEDED', 'directives'],
  ['directives at one place', 'DIRECTIVES_EXCEEDED', 'directivesAtOnce'],
  ['lists and objects inside each other, in a value that is given', 'INPUT_DEPTH_EXCEEDED', 'inputDepth'],
  ['items of a list that is given', 'LIST_LENGTH_EXCEEDED', 'listLength'],
  ['characters of a text that is given', 'STRING_LENGTH_EXCEEDED', 'stringLength'],
  ['cost', 'COST_EXCEEDED', 'cost'],
])('the page says how many %s there may be', (what, code, kind) => {
  expect(rows.get(what)).toEqual([code, limitsOfRole('MINISTRY')[kind], limitsOfRole('PARTNER')[kind]]);
});

test('the page says how many words, and how many rows of a page', () => {
  expect(rows.get('words and signs of the document')).toEqual(['TOKENS_EXCEEDED', MAX_TOKENS, MAX_TOKENS]);
  expect(rows.get('rows of one page')).toEqual(['PAGE_SIZE', 100, limitsOfRole('PARTNER').page]);
});

test('the example costs what the page says', () => {
  const example = parse(/```graphql\n(.+?)```/su.exec(page)?.[1] ?? '');
  expect(validate(schema, example)).toEqual([]);
  const [, said, larger] = /= (\d+)\. With `first: 100` it is ([\d,]+):/u.exec(page) ?? [];
  expect(costs.estimate(example, {}).cost).toBe(number(said));
  expect(costs.estimate(example, { first: 100 }).cost).toBe(number(larger));
});
