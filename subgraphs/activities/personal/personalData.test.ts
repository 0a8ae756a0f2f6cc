import { describe, expect, it } from 'vitest';
import { personalData } from './personalData.ts';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const first = personalData([key('2026', 1)]);
const turned = personalData([key('2027', 2), key('2026', 1)]);
const campaign = { id: 'cam_1', keyId: '2026', salt: Buffer.alloc(32, 9).toString('base64') };

describe('a sealed text', () => {
  it('opens in its place, and is another one each time', () => {
    const [one, two] = [first.seal('row 1', 'Nguyễn Văn A'), first.seal('row 1', 'Nguyễn Văn A')];
    expect([first.open('row 1', one), first.open('row 1', two)]).toEqual(['Nguyễn Văn A', 'Nguyễn Văn A']);
    expect(one).not.toBe(two);
    expect(one).toMatch(/^2026\.[\w-]+$/u);
  });

  it('does not open in another place, altered, or under another key', () => {
    const sealed = first.seal('row 1', 'Nguyễn Văn A');
    expect(() => first.open('row 2', sealed)).toThrow();
    const altered = `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(() => first.open('row 1', altered)).toThrow();
    expect(() => first.open('row 1', sealed.slice(0, 20))).toThrow();
    expect(() => personalData([key('2026', 3)]).open('row 1', sealed)).toThrow();
  });

  it('opens after the key was turned over, and new ones are sealed under the new key', () => {
    expect(turned.open('row 1', first.seal('row 1', 'B'))).toBe('B');
    expect(turned.seal('row 1', 'B')).toMatch(/^2027\./u);
  });

  it('names the key that is missing', () => {
    const sealed = turned.seal('row 1', 'B');
    expect(() => first.open('row 1', sealed)).toThrow('PII_KEY holds no key "2027"');
    expect(() => personalData([]).seal('row 1', 'B')).toThrow('PII_KEY holds no key ""');
  });
});

describe('the hash of a number', () => {
  const hash = first.hasher(campaign)('000200000001');

  it('is the same in one campaign, also after the key was turned over', () => {
    expect(first.hasher(campaign)('000200000001')).toBe(hash);
    expect(turned.hasher(campaign)('000200000001')).toBe(hash);
    expect(hash).toMatch(/^[\w-]{43}$/u);
  });

  it.each([
    ['another number', campaign, '000200000002'],
    ['another campaign', { ...campaign, id: 'cam_2' }, '000200000001'],
    ['another salt', { ...campaign, salt: Buffer.alloc(32, 8).toString('base64') }, '000200000001'],
  ])('differs for %s', (_, where, digits) => {
    expect(first.hasher(where)(digits)).not.toBe(hash);
  });

  it('cannot be made without the key that the campaign began with', () => {
    expect(() => personalData([key('2027', 2)]).hasher(campaign)).toThrow('PII_KEY holds no key "2026"');
  });

  it('goes on under the next key alone, once the campaign is sealed under it', () => {
    const kept = { id: campaign.id, salt: null, ...turned.sealHasher(campaign) };
    const next = personalData([key('2027', 2)]);
    expect(next.hasher(kept)('000200000001')).toBe(hash);
    expect(next.hasher({ ...kept, ...next.sealHasher(kept) })('000200000001')).toBe(hash);
    expect(() => next.hasher({ ...kept, id: 'cam_2' })).toThrow('moved there');
  });

  it('is none that another use makes', () => {
    expect(first.print('000200000001')).not.toBe(hash);
  });
});
