import type { GraphiQLProps } from 'graphiql';
import type { Asker } from '../signIn/asker.ts';
import { askExplaining } from './explain/explanations.ts';

type Fetcher = GraphiQLProps['fetcher'];
type Headers = Readonly<Record<string, string>>;

// Whoever typed who asks into the headers of a tab asks as that.
const credentials = new Set(['authorization', 'x-api-key', 'x-demo-viewer']);
const saysWhoAsks = (headers: Headers): boolean =>
  Object.keys(headers).some((name) => credentials.has(name.toLowerCase()));

/** Gives what GraphiQL asks the graph by, as somebody. */
export const fetcherOf =
  (asker: Asker | undefined): Fetcher =>
  ({ query, operationName, variables }, options) => {
    // For a moment after a change of tabs GraphiQL still sends the name of the tab before.
    const hasIt = new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`, 'u').test(query);
    const typed = (options?.headers ?? {}) as Headers;
    const headers = saysWhoAsks(typed) ? typed : { ...asker?.headers, ...typed };
    return askExplaining({ query, variables, ...(hasIt ? { operationName } : {}) }, headers);
  };
