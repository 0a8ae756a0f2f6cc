import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { GraphContext, RequestScope } from '../../server/requestScope.ts';
import type { Notice } from './manifest.ts';

/** Since when something is deprecated, and from when on it may be gone; milliseconds. */
export interface Deprecation {
  readonly since: number | null;
  readonly sunset: number | null;
}

const none: Deprecation = { since: null, sunset: null };
const SINCE = /\bSince (?<day>\d{4}-\d{2}-\d{2})/u;
const SUNSET = /\bSunset: (?<day>\d{4}-\d{2}-\d{2})/u;

/**
 * Reads the days of a `@deprecated(reason:)`, which is written "Since 2026-12-01; use successor. Sunset: 2027-06-30." A
 * day begins in UTC.
 */
export function deprecationOf(reason: string): Deprecation {
  const instant = (pattern: RegExp): number | null => {
    const day = pattern.exec(reason)?.groups?.day;
    const parsed = day ? Date.parse(day) : Number.NaN;
    return Number.isNaN(parsed) ? null : parsed;
  };
  return { since: instant(SINCE), sunset: instant(SUNSET) };
}

/** The earliest days of several. */
export const earliest = (deprecations: readonly Deprecation[]): Deprecation =>
  deprecations.reduce(
    (one, other) => ({
      since: earlier(one.since, other.since),
      sunset: earlier(one.sunset, other.sunset),
    }),
    none,
  );

const earlier = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

/** The earliest days of all that a valid document uses and is deprecated: fields, arguments, input fields, enum values. */
export function deprecationsIn(document: DocumentNode, schema: GraphQLSchema): Deprecation {
  const found: Deprecation[] = [];
  const types = new TypeInfo(schema);
  const add = (used: { readonly deprecationReason?: string | null | undefined } | null | undefined) => {
    if (used?.deprecationReason) found.push(deprecationOf(used.deprecationReason));
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: { enter: () => add(types.getFieldDef()) },
      Argument: { enter: () => add(types.getArgument()) },
      ObjectField: {
        enter: ({ name }) => {
          const parent = types.getParentInputType();
          if (parent && 'getFields' in parent) add(parent.getFields()[name.value]);
        },
      },
      EnumValue: { enter: () => add(types.getEnumValue()) },
    }),
  );
  return found.length === 0 ? none : earliest(found);
}

/**
 * The header fields of a deprecation: `Deprecation` (RFC 9745, a Date of Structured Fields), `Sunset` (RFC 8594, an HTTP
 * date), and the page that says what changes.
 */
export const deprecationHeaders = (
  { since, sunset }: Deprecation,
  link: string,
): ReadonlyMap<string, string> =>
  new Map([
    ...(since === null ? [] : [['deprecation', `@${since / 1_000}`] as const]),
    ...(sunset === null ? [] : [['sunset', new Date(sunset).toUTCString()] as const]),
    ...(since === null && sunset === null ? [] : [['link', `<${link}>; rel="deprecation"`] as const]),
  ]);

/** Where a client reads what is deprecated and what takes its place: the SDL that it is shown, with the reasons. */
const SCHEMA_PAGE = '/schema.graphql';

/** Gives what a partner was told about the registered operation that is asked; null when nothing. */
export type NoticeOf = (scope: RequestScope) => Notice | null;

/**
 * Says in the headers of each answer what its document uses that is deprecated, and what its partner was told of the
 * operation. Documents are looked through once.
 */
export function tellDeprecations(noticeOf: NoticeOf): ApolloServerPlugin<GraphContext> {
  const memo = new WeakMap<DocumentNode, Deprecation>();
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, schema, response, contextValue }) => {
        const used = memo.get(document) ?? deprecationsIn(document, schema);
        memo.set(document, used);
        const notice = contextValue.scope.registered ? noticeOf(contextValue.scope) : null;
        if (used === none && !notice) return;
        const all = notice ? earliest([used, ofNotice(notice)]) : used;
        for (const [name, value] of deprecationHeaders(all, notice?.link ?? SCHEMA_PAGE))
          response.http.headers.set(name, value);
      },
    }),
  };
}

const ofNotice = ({ deprecatedOn, sunset }: Notice): Deprecation => ({
  since: deprecatedOn ? Date.parse(deprecatedOn) : null,
  sunset: Date.parse(sunset),
});
