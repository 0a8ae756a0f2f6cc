import { buildSchema, parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { publicViewer } from '../../server/viewer.ts';
import { createGuard } from './guard.ts';

const schema = buildSchema(`
  type Query { media: [Media], book: Book }
  interface Media { id: ID!, price: Int }
  type Book implements Media { id: ID!, price: Int }
  type Film implements Media { id: ID!, price: Int }
`);

describe('rules that only types behind an interface have', () => {
  const guard = createGuard(schema, { 'Book.price': { authenticated: true } });
  const kept = (query: string) =>
    print(guard(parse(query), publicViewer).document)
      .replace(/\s+/gu, ' ')
      .trim();

  it('hold for the field of the interface, and not for that of another type', () => {
    expect(kept('{ media { id price } }')).toBe('{ media { id __typename } }');
    expect(kept('{ media { ... on Film { price } } }')).toBe('{ media { ... on Film { price } } }');
    expect(kept('{ media { ... on Book { price } } }')).toBe(
      '{ media { ... on Book { __typename } __typename } }',
    );
  });

  it('leave a document alone that selects nothing of theirs', () => {
    const document = parse('{ book { id } }');
    expect(guard(document, publicViewer)).toEqual({ document, left: new Map(), key: '' });
    expect(guard(document, publicViewer).document).toBe(document);
  });
});
