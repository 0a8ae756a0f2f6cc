import type { GraphQLSchema } from 'graphql';
import { elementsOf } from './elements.ts';

/** How a reason is written; the gateway reads the days for the headers `Deprecation` and `Sunset`. */
const REASON = /^Since \d{4}-\d{2}-\d{2}; use .+\. Sunset: \d{4}-\d{2}-\d{2}\.$/u;

/** API.md, rule 9: what is deprecated says since when, what takes its place, and from which day on it may be gone. */
export function undatedDeprecations(api: GraphQLSchema): string[] {
  return [...elementsOf(api)]
    .filter(
      ([, { deprecationReason }]) => typeof deprecationReason === 'string' && !REASON.test(deprecationReason),
    )
    .map(
      ([coordinate]) =>
        `${coordinate} is deprecated and should say "Since 2026-12-01; use successor. Sunset: 2027-06-30."`,
    );
}
