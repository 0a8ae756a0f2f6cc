import { compileExpression } from '../aggregate/expressions/compile.ts';
import type { NamedCollation } from '../core/collation/collation.ts';
import { Document } from '../core/document.ts';
import type { ExpressionScope, MatchEnv } from '../core/env.ts';
import { fail } from '../core/errors.ts';
import { compileMatch, type Matcher } from '../core/match/matcher.ts';
import { parseSort } from '../core/sort.ts';
import { DateTime, type Value } from '../core/values.ts';
import type { Query, SortField } from '../planner/plan.ts';
import type { Collection } from '../store/catalog.ts';
import { collationOf } from '../store/collations.ts';
import { numberOf } from '../store/index-definition.ts';

const NOTHING = Document.of();

/** A field of a command that is a document, or nothing. */
export function documentOf(value: Value | undefined): Document | undefined {
  return value instanceof Document ? value : undefined;
}

/** The collation a command asks for, else the collection's own; undefined is the simple one. */
export function effectiveCollation(
  asked: Value | undefined,
  collection: Collection | undefined,
): NamedCollation | undefined {
  const spec = documentOf(asked) ?? documentOf(collection?.options.get('collation'));
  return spec && spec.size > 0 ? collationOf(spec) : undefined;
}

/** The values of `let`, computed once per command. */
function variablesOf(spec: Value | undefined, scope: ExpressionScope): Map<string, Value | undefined> {
  const variables = new Map<string, Value | undefined>();
  if (!(spec instanceof Document)) return variables;
  for (const [name, value] of spec.entries()) {
    if (!/^[a-z\u0080-\u{10ffff}][A-Za-z0-9_\u0080-\u{10ffff}]*$/u.test(name)) {
      fail(9, 'FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    }
    variables.set(name, compileExpression(value, { ...scope, variables }).evaluate(NOTHING));
  }
  return variables;
}

/** What filters, projections and updates of one command share. */
export function envOf(collation: NamedCollation | undefined, letSpec?: Value): MatchEnv {
  const scope: ExpressionScope = { now: new DateTime(Date.now()), ...(collation && { collation }) };
  return {
    ...scope,
    variables: variablesOf(letSpec, scope),
    expressions: (spec, inner) => compileExpression(spec, inner),
  };
}

/** The order that a `sort` document asks for; undefined for none. */
export function sortFields(sort: Document | undefined): SortField[] | undefined {
  if (!sort || sort.size === 0) return undefined;
  const natural = sort.get('$natural');
  if (natural !== undefined) {
    if (sort.size > 1) fail(2, 'BadValue', 'Cannot include $natural in compound sort');
    return [{ path: '$natural', direction: (numberOf(natural) ?? 1) < 0 ? -1 : 1 }];
  }
  if (sort.size > 32) fail(13103, 'Location13103', 'too many keys in sort, max is 32');
  return parseSort(sort).map(({ path, descending }) => ({ path, direction: descending ? -1 : 1 }));
}

function hintOf(hint: Value | undefined): string | Document | undefined {
  if (hint === undefined || hint === null) return undefined;
  if (typeof hint === 'string') return hint;
  if (hint instanceof Document) {
    if (hint.size > 1 && hint.has('$natural'))
      fail(2, 'BadValue', "The hint '$natural' cannot be combined with other fields");
    return hint.size === 0 ? undefined : hint;
  }
  return fail(9, 'FailedToParse', 'Hint must be a string or an object');
}

/** What a filter asks of the planner. Throws what compileMatch throws. */
export function queryOf(
  filter: Document,
  env: MatchEnv,
  wishes: {
    sort?: Document | undefined;
    limit?: number | undefined;
    hint?: Value | undefined;
    matcher?: Matcher;
  } = {},
): Query {
  const sort = sortFields(wishes.sort);
  const hint = hintOf(wishes.hint);
  const natural = hint instanceof Document ? hint.has('$natural') : hint === undefined || hint === '$natural';
  if (sort?.[0]?.path === '$natural' && !natural)
    fail(2, 'BadValue', "Sort by '$natural' cannot be combined with the hint of an index");
  return {
    filter,
    matcher: wishes.matcher ?? compileMatch(filter, env),
    collation: env.collation,
    sort,
    sortSpec: wishes.sort,
    limit: wishes.limit,
    hint,
    env,
  };
}
