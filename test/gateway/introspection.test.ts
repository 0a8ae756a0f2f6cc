import { buildSchema, getIntrospectionQuery, graphqlSync, type IntrospectionOptions } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Shop, startShop } from './startShop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await startShop({ carrier: 'memory' });
});
afterAll(() => shop.stop());

/** What graphql itself answers over the schema that the gateway shows. */
const answerOf = async (source: string) => {
  const sdl = await (await fetch(`${shop.url}/schema.graphql`)).text();
  return JSON.parse(JSON.stringify(graphqlSync({ schema: buildSchema(sdl), source })));
};

describe('introspection', () => {
  it.each<[string, IntrospectionOptions]>([
    ['as tools ask it', {}],
    ['without descriptions', { descriptions: false }],
    ['of deprecated input', { inputValueDeprecation: true }],
    ['of all that there is to know', { specifiedByUrl: true, directiveIsRepeatable: true, oneOf: true }],
  ])('is answered as graphql would, %s', async (_how, options) => {
    const query = getIntrospectionQuery(options);
    expect((await shop.ask(query)).body).toEqual(await answerOf(query));
    expect(shop.calls).toEqual([]);
  });

  it('may be asked together with data, in fragments and under other names', async () => {
    const query = `
      query Both($name: String!, $no: Boolean = false) {
        whoami
        ...Schema
        it: __type(name: $name) { ...Inside }
        other: __type(name: "Nothing") { name }
      }
      fragment Schema on Query { __schema { __typename queryType { ...Inside } types @include(if: $no) { name } } }
      fragment Inside on __Type { name kind isOneOf }`;
    expect((await shop.ask(query, { name: 'Filter' })).body).toEqual({
      data: {
        whoami: 'demo-ministry',
        __schema: { __typename: '__Schema', queryType: { name: 'Query', kind: 'OBJECT', isOneOf: null } },
        it: { name: 'Filter', kind: 'INPUT_OBJECT', isOneOf: false },
        other: null,
      },
    });
  });
});
