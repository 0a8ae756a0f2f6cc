import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoViewer, publicViewer, readViewer, signViewer, viewerReader, viewerSigner } from './viewer.ts';

const key = 'a key of the test that is long enough to be one';
const now = 1_700_000_000_000;

describe('a signed viewer', () => {
  it('comes back as it went', () => {
    for (const viewer of [demoViewer, publicViewer]) {
      expect(readViewer(signViewer(viewer, key, now), key, now)).toEqual(viewer);
    }
  });

  it.each([
    ['nothing', undefined],
    ['emptiness', ''],
    ['no signature', signViewer(demoViewer, key, now).split('.')[0]],
    ['another key', signViewer(demoViewer, `${key}!`, now)],
    ['a header of half a minute ago', signViewer(demoViewer, key, now - 30_000)],
  ])('is not believed with %s', (_what, header) => {
    expect(readViewer(header, key, now)).toBeNull();
  });

  it('is believed for half a minute', () => {
    expect(readViewer(signViewer(demoViewer, key, now - 29_999), key, now)).toEqual(demoViewer);
  });

  it('is not believed with one character changed, whichever it is', () => {
    const header = signViewer(demoViewer, key, now);
    fc.assert(
      fc.property(
        fc.nat(header.length - 2),
        fc.constantFrom('A', 'z', '0', '-', '.', 'é'),
        (at, character) => {
          // The last character of base64url carries bits that no byte uses.
          fc.pre(header[at] !== character);
          const altered = header.slice(0, at) + character + header.slice(at + 1);
          expect(readViewer(altered, key, now)).toBeNull();
        },
      ),
    );
  });

  const signed = (text: string): string => {
    const payload = Buffer.from(text).toString('base64url');
    return `${payload}.${createHmac('sha256', key).update(payload).digest('base64url')}`;
  };

  it.each([
    ['anything at all', fc.string()],
    ['anything with a dot', fc.tuple(fc.base64String(), fc.base64String()).map((parts) => parts.join('.'))],
    ['any text that is signed', fc.string().map(signed)],
    ['any JSON that is signed', fc.json().map(signed)],
    [
      'any object with an end that is signed',
      fc.dictionary(fc.constantFrom('subject', 'role', 'unitPath', 'scopes'), fc.jsonValue()).map((some) =>
        // No language: never a whole viewer.
        signed(JSON.stringify({ ...some, exp: now + 1_000 })),
      ),
    ],
  ])('of %s is not believed, and nothing is thrown', (_what, headers) => {
    fc.assert(
      fc.property(headers, (header) => {
        expect(readViewer(header, key, now)).toBeNull();
      }),
      { seed: 20211126 },
    );
  });

  it('is not believed with anything behind it', () => {
    expect(readViewer(`${signViewer(demoViewer, key, now)}.x`, key, now)).toBeNull();
  });
});

describe('a viewer who asks often', () => {
  it('is signed anew every five seconds, and by another header if it is another viewer', () => {
    let clock = now;
    const sign = viewerSigner(key, () => clock);
    const first = sign(demoViewer);
    expect(sign(publicViewer)).not.toBe(first);
    clock += 4_999;
    expect(sign(demoViewer)).toBe(first);
    clock += 1;
    const second = sign(demoViewer);
    expect(second).not.toBe(first);
    expect(readViewer(second, key, clock)).toEqual(demoViewer);
  });

  it('is believed as long as its header is good, and no longer because it is remembered', () => {
    let clock = now;
    const read = viewerReader(key, () => clock);
    const header = signViewer(demoViewer, key, now);
    expect(read(header)).toEqual(demoViewer);
    clock += 29_999;
    expect(read(header)).toEqual(demoViewer);
    clock += 1;
    expect(read(header)).toBeNull();
    expect(read(undefined)).toBeNull();
    expect(read(signViewer(demoViewer, `${key}!`, clock))).toBeNull();
  });
});
