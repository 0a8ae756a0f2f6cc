import { expect, test } from 'vitest';
import { CompositionFaults, compose } from './composition.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])';

const faultsOf = (sdl: string): readonly string[] => {
  try {
    compose([{ name: 'units', url: 'http://127.0.0.1:1/units', sdl: `${link}\n${sdl}` }]);
    return [];
  } catch (error) {
    if (error instanceof CompositionFaults) return error.faults;
    throw error;
  }
};

const graph = (lists: string, size = '@listSize(assumedSize: 5)'): string => `
  type Query { "Units." units: [Unit!] ${size} }
  "A unit." type Unit { "Its code." code: String! "Its names." names: [Name!]! @listSize(assumedSize: 2) ${lists} }
  "A name." type Name { "The text." text: String! }
  "A value." type Money @cost(weight: 0) { "How much." amount: Int! "What it is." label: Label }
  "A label." type Label @cost(weight: 0) { "The text." text: String! }
  "A wrapper." type Wrapper @cost(weight: 0) { "A unit." unit: Unit }
  ${lists.includes('Page') ? '"A page." type Page { "The units." nodes: [Unit!]! "How many." count: Int }' : ''}
`;

test.each([
  ['a list of scalars', '"Tags." tags: [String!]!', []],
  ['a list of what costs nothing, with all that is in it', '"Amounts." amounts: [Money!]!', []],
  ['a list without a length', '"Others." others: [Name!]!', ['Unit.others is a list and needs @listSize.']],
  [
    'a list of what costs nothing, but for what is in it',
    '"Wrapped." wrapped: [Wrapper!]!',
    ['Unit.wrapped is a list and needs @listSize.'],
  ],
  [
    'a page whose list has no length',
    '"Page." page("At most." first: Int! = 20): Page @listSize(assumedSize: 2, sizedFields: ["nodes"])',
    [],
  ],
  ['a page that nobody sized', '"Page." page: Page', ['Page.nodes is a list and needs @listSize.']],
])('%s', (_, lists, expected) => {
  const faults = faultsOf(graph(lists));
  expect(faults.filter((fault) => fault.includes('@listSize'))).toEqual(expected);
});

test('a graph that says nothing of lists is left alone', () => {
  expect(
    faultsOf('type Query { "Numbers." names: [Name!] } "A name." type Name { "Text." text: String }'),
  ).toEqual([]);
});
