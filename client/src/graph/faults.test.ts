import { expect, test } from 'vitest';
import { causesOf, faultsAt, faultsIn, faultsOf } from './faults.ts';

const error = (path: (string | number)[], code: string) => ({
  name: 'GraphQLError',
  message: `${code} happened`,
  path,
  extensions: { code, retryable: code === 'SUBGRAPH_TIMEOUT', requestId: 'r1' },
});

const combined = (...errors: ReturnType<typeof error>[]) => faultsOf({ graphQLErrors: errors as never });

test('an answer without errors has no faults', () => {
  expect(faultsOf(undefined)).toEqual([]);
});

test('the same fault of many rows is told once', () => {
  expect(
    combined(
      error(['campaign', 'completeness', 'nodes', 0, 'unit'], 'SUBGRAPH_TIMEOUT'),
      error(['campaign', 'completeness', 'nodes', 1, 'unit'], 'SUBGRAPH_TIMEOUT'),
    ),
  ).toEqual([
    {
      code: 'SUBGRAPH_TIMEOUT',
      at: 'campaign.completeness.nodes.unit',
      message: 'SUBGRAPH_TIMEOUT happened',
      retryable: true,
      requestId: 'r1',
    },
  ]);
});

test('a fault belongs to its field, to what holds it, and to what it took away', () => {
  const faults = combined(error(['campaign', 'awardSummary'], 'FORBIDDEN'), error(['unit'], 'NOT_FOUND'));
  const codesAt = (at: string) => faultsAt(faults, at).map(({ code }) => code);
  expect(codesAt('campaign.awardSummary')).toEqual(['FORBIDDEN']);
  expect(codesAt('campaign')).toEqual(['FORBIDDEN']);
  expect(codesAt('campaign.awardSummary.awards')).toEqual(['FORBIDDEN']);
  expect(codesAt('campaign.award')).toEqual([]);
});

test('a subgraph that is down says nothing of the fields of a record that came from others', () => {
  const faults = combined(error(['campaign'], 'SUBGRAPH_UNAVAILABLE'));
  expect(faultsAt(faults, 'campaign.awardSummary')).toEqual(faults);
  expect(faultsIn(faults, 'campaign.completeness')).toEqual([]);
});

test('a field is null for its own faults, else for those that name no field', () => {
  const faults = combined(error(['unit'], 'NOT_FOUND'), error([], 'INTERNAL_SERVER_ERROR'));
  const codesAt = (at: string) => causesOf(faults, at).map(({ code }) => code);
  expect(codesAt('unit')).toEqual(['NOT_FOUND']);
  expect(codesAt('campaign.houseFunnel')).toEqual(['INTERNAL_SERVER_ERROR']);
});

test('no answer at all is a fault of the whole', () => {
  const faults = faultsOf({ graphQLErrors: [], networkError: new Error('Failed to fetch') });
  expect(faults).toEqual([
    { code: 'NETWORK', at: '', message: 'Failed to fetch', retryable: true, requestId: null },
  ]);
});
