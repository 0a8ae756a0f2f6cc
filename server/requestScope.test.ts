import { describe, expect, it } from 'vitest';
import { clientOf, requestIdOf, traceparentOf } from './requestScope.ts';

const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/u;
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the request id', () => {
  it.each(['a', 'abc-123', 'A.b:c_9', 'x'.repeat(128)])('keeps %s', (id) => {
    expect(requestIdOf(id)).toBe(id);
  });

  it.each([undefined, '', 'a b', 'a\nb', 'é', 'x'.repeat(129), '<x>', ['a', 'b']])('replaces %o', (id) => {
    expect(requestIdOf(id)).toMatch(uuid);
  });
});

describe('the trace', () => {
  it('keeps trace and flags, and names a span of our own', () => {
    const sent = traceparentOf(`00-${trace}-00f067aa0ba902b7-01`);
    expect(sent).toMatch(new RegExp(`^00-${trace}-[\\da-f]{16}-01$`, 'u'));
    expect(sent).not.toContain('00f067aa0ba902b7');
  });

  it.each([
    undefined,
    '',
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.toUpperCase()}-00f067aa0ba902b7-01`,
    `ff-${trace}-00f067aa0ba902b7-01`,
    `00-${trace}-00f067aa0ba902b7`,
  ])('begins anew for %o', (header) => {
    const sent = traceparentOf(header);
    expect(sent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/u);
    expect(sent).not.toContain(trace);
  });
});

it('cuts what clients call themselves', () => {
  expect(clientOf({ 'apollographql-client-name': 'x'.repeat(500) })).toEqual({
    name: 'x'.repeat(100),
    version: null,
  });
});
