import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createLog } from '../server/log.ts';
import type { RequestScope } from '../server/requestScope.ts';
import { clientErrors } from './clientErrors.ts';

const messagesOf = (hidesSchema: boolean, ...errors: GraphQLError[]): string[] =>
  clientErrors(createLog('silent', 'test'), { hidesSchema })(errors, { requestId: 'r1' } as RequestScope).map(
    ({ message }) => message,
  );

const ofSubgraph = new GraphQLError('There is no unit T1. Did you mean "T01.1" or "T02.1"?', {
  extensions: { code: 'NOT_FOUND', serviceName: 'units' },
});
const ofVariable = new GraphQLError(
  'Variable "$o" got invalid value "CHEAPES"; Value "CHEAPES" does not exist in "Order" enum. Did you mean the enum value "CHEAPEST"?',
  { extensions: { code: 'BAD_USER_INPUT' } },
);

test('proposals are for whoever may see the schema', () => {
  expect(messagesOf(false, ofSubgraph, ofVariable)).toEqual([ofSubgraph.message, ofVariable.message]);
  expect(messagesOf(true, ofSubgraph, ofVariable)).toEqual([
    'There is no unit T1.',
    'Variable "$o" got invalid value "CHEAPES"; Value "CHEAPES" does not exist in "Order" enum.',
  ]);
});

test.each([
  [
    'Syntax Error: Document contains more that 4000 tokens. Parsing aborted.',
    'GRAPHQL_PARSE_FAILED',
    /^The document has more than 4000 tokens/u,
  ],
  [
    'Maximum call stack size exceeded',
    'GRAPHQL_PARSE_FAILED',
    /^The document has more inside of each other/u,
  ],
  ['Syntax Error: Unexpected <EOF>.', 'GRAPHQL_PARSE_FAILED', /^Syntax Error: Unexpected <EOF>\.$/u],
])('%s is said in our words where it is of the parser itself', (message, code, expected) => {
  expect(messagesOf(true, new GraphQLError(message, { extensions: { code } }))).toEqual([
    expect.stringMatching(expected),
  ]);
});
