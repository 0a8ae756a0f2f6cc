import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf, makeKey, partnerInUrl, partnerOf, sameHash } from './key.ts';

const partner = fc.stringMatching(/^[a-z][a-z\d-]{1,30}$/u);
const property = { seed: 20_261_126, numRuns: 500 };

describe('a key', () => {
  it('names its partner', () => {
    fc.assert(
      fc.property(partner, (id) => {
        expect(partnerOf(makeKey(id))).toBe(id);
      }),
      property,
    );
  });

  it('is told from a key with any one character wrong', () => {
    const character = fc.constantFrom(
      ...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_- é',
    );
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(partner, place, character, (id, where, wrong) => {
        const key = makeKey(id);
        const at = Math.floor(where * key.length);
        fc.pre(key[at] !== wrong);
        expect(partnerOf(key.slice(0, at) + wrong + key.slice(at + 1))).toBeNull();
      }),
      { ...property, numRuns: 5_000 },
    );
  });

  it('is told from a key with two neighbours exchanged, or with one character more or fewer', () => {
    fc.assert(
      fc.property(partner, fc.nat(), (id, where) => {
        const key = makeKey(id);
        const at = where % (key.length - 1);
        const [a = '', b = ''] = key.slice(at, at + 2);
        expect(partnerOf(key.slice(0, at) + key.slice(at + 1))).toBeNull();
        expect(partnerOf(`${key.slice(0, at)}x${key.slice(at)}`)).toBeNull();
        fc.pre(a !== b);
        expect(partnerOf(key.slice(0, at) + b + a + key.slice(at + 2))).toBeNull();
      }),
      property,
    );
  });

  it('is never made twice', () => {
    const keys = Array.from({ length: 1_000 }, () => makeKey('demo'));
    expect(new Set(keys).size).toBe(1_000);
  });

  it('is kept as a hash from which it cannot be read, and which only itself has', () => {
    const key = makeKey('demo');
    expect(hashOf(key)).toMatch(/^sha256:[\da-f]{64}$/u);
    expect(sameHash(hashOf(key), hashOf(key))).toBe(true);
    expect(sameHash(hashOf(key), hashOf(makeKey('demo')))).toBe(false);
    expect(sameHash(hashOf(key), '')).toBe(false);
  });
});

describe('a URL', () => {
  const key = makeKey('demo');
  const escaped = [...key].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('');

  it.each([
    ['in a parameter', `/graphql?key=${key}`],
    ['in the path', `/${key}/graphql`],
    ['with its checksum cut off', `/graphql?key=${key.slice(0, -7)}`],
    ['with its marks escaped', `/graphql?key=${key.replaceAll('_', '%5F')}`],
    ['all escaped', `/graphql?key=${escaped}`],
    ['behind a broken escape', `/graphql?a=%E0%&key=${key.replaceAll('_', '%5f')}`],
  ])('holds a key %s', (_where, url) => {
    expect(partnerInUrl(url)).toBe('demo');
  });

  it.each(['/graphql', '/graphql?query={emu_demo_short}', '/graphql?query=%7B%20units%20%7D', '/emu_demo_1'])(
    'holds none: %s',
    (url) => {
      expect(partnerInUrl(url)).toBeNull();
    },
  );
});
