import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, stringify } from 'yaml';
import { readManifest } from './manifest.ts';

const key = {
  ...{ id: 'k1', hash: `sha256:${'0'.repeat(64)}` },
  ...{ createdAt: '2026-01-01T00:00:00Z', expiresAt: '2100-01-01T00:00:00+07:00' },
};
const whole = {
  ...{
    id: 'bookshop',
    name: 'The Bookshop',
    contact: 'it@bookshop.example',
    contract: 'partner',
    mode: 'OPEN',
  },
  ...{ rate: { perSecond: 10 }, dailyQuota: 1_000, cost: { perOperation: 10, perMinute: 100 }, keys: [key] },
};
const read = (text: string) =>
  readManifest(text, { file: '/p/bookshop.yaml', contracts: ['partner', 'press'] });
const body = 'query Who { whoami }';

describe('a manifest', () => {
  it('says what is agreed, and what it does not say is the least', () => {
    const { operations, index, ...manifest } = read(stringify({ ...whole, operations: [{ body }] }));
    expect(manifest).toEqual({
      ...whole,
      ...{
        rate: { count: 10, seconds: 1 },
        scopes: [],
        trusted: false,
        export: false,
        maxAge: 60,
        notices: [],
      },
      ...{ file: '/p/bookshop.yaml', sources: [] },
    });
    expect(operations).toMatchObject([{ name: 'Who', type: 'query', body }]);
    expect(index.byText(body)).toBe(operations[0]);
  });

  it('takes a rate of a minute', () => {
    expect(read(stringify({ ...whole, rate: { perMinute: 90 } })).rate).toEqual({ count: 90, seconds: 60 });
  });

  it.each<[string, object, string]>([
    ['a key in clear', { keys: [{ ...key, hash: 'emu_x' }] }, 'keys.0.hash: sha256: and 64 hex digits'],
    [
      'a key without an end',
      { keys: [{ ...key, expiresAt: undefined }] },
      'keys.0.expiresAt: an instant such as',
    ],
    [
      'three live keys',
      { keys: ['a', 'b', 'c'].map((id) => ({ ...key, id })) },
      'keys: 3 are live; at most 2',
    ],
    ['two keys of one id', { keys: [key, key] }, 'keys: two have the same id'],
    ['no name', { name: undefined }, 'name: '],
    ['another mode', { mode: 'SAFE' }, 'mode: STRICT or OPEN'],
    ['no rate', { rate: undefined }, 'rate: perSecond or perMinute'],
    ['two rates', { rate: { perSecond: 1, perMinute: 2 } }, 'rate: perSecond or perMinute'],
    ['a quota of nothing', { dailyQuota: 0 }, 'dailyQuota: at least 1'],
    ['half a cost', { cost: { perOperation: 1.5, perMinute: 2 } }, 'cost.perOperation: a whole number'],
    ['a scope with blanks', { scopes: ['a b'] }, 'scopes.0: a scope such as awards:verify'],
    ['a field that there is not', { quota: 3 }, 'Unrecognized key: "quota"'],
    [
      'another partner’s id',
      { id: 'library' },
      'id: is library; the file of this partner should be library.yaml',
    ],
    [
      'a contract that there is not',
      { contract: 'radio' },
      'contract: there is no contract radio; there are partner, press',
    ],
    ['STRICT without operations', { mode: 'STRICT' }, 'operations: are none'],
    [
      'a notice about nothing',
      { notices: [{ operation: 'Who', sunset: '2027-01-01' }] },
      'notices: are about registered',
    ],
    ['no day', { notices: [{ operation: 'Who', sunset: 'soon' }] }, 'notices.0.sunset: a day such as'],
    ['a body that is another', { operations: [{ body, hash: '1'.repeat(64) }] }, 'has the SHA-256 '],
    ['a body that is no GraphQL', { operations: [{ body: 'query {' }] }, 'operations: Syntax Error'],
    [
      'two operations in one',
      { operations: [{ body: `${body} query B { b }` }] },
      'has 2 operations; register one',
    ],
    [
      'one id for two',
      {
        operations: [
          { id: 'a', body },
          { id: 'a', body: '{ b }' },
        ],
      },
      'two operations have the id a',
    ],
    ['a file that is not there', { operations: ['none.json'] }, '/p/none.json cannot be used: ENOENT'],
    [
      'a file of another kind',
      { operations: [`${import.meta.dirname}/../../package.json`] },
      'neither an apollo-persisted',
    ],
  ])('is refused with %s', (_what, terms, message) => {
    const spoilt = () => read(stringify({ ...whole, ...terms }));
    expect(spoilt).toThrow('/p/bookshop.yaml is no manifest of a partner:\n');
    expect(spoilt).toThrow(message);
  });

  it('is told every mistake at once', () => {
    const mistakes = /\n {2}name: .*\n {2}mode: .*\n {2}dailyQuota: /su;
    expect(() => read(stringify({ ...whole, name: '', mode: 'x', dailyQuota: -1 }))).toThrow(mistakes);
  });

  it.each(['', 'a: [', '- a', '"text"'])('is refused when it is %j', (text) => {
    expect(() => read(text)).toThrow('is no manifest of a partner');
  });

  it('may be written as docs/partners.md shows', () => {
    const dir = mkdtempSync(join(tmpdir(), 'manifest-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    mkdirSync(join(dir, 'bookshop'));
    writeFileSync(join(dir, 'bookshop/persisted-documents.json'), JSON.stringify({ a1: body }));
    const [, shown = ''] = /```yaml\n([\s\S]+?)```/u.exec(readFileSync('docs/partners.md', 'utf8')) ?? [];
    const text = shown.replace('sha256:…', key.hash).replace('https://…', 'https://bookshop.example/moving');
    const manifest = readManifest(text, { file: join(dir, 'bookshop.yaml'), contracts: ['partner'] });
    expect(manifest.operations.map(({ id, name }) => [id, name])).toEqual([
      ['a1', 'Who'],
      ['who', 'Who'],
    ]);
    const told = parse(shown);
    expect(Object.keys(told).sort()).toEqual(
      Object.keys(manifest)
        .filter((name) => name in told)
        .sort(),
    );
    expect(Object.keys(told)).toEqual(expect.arrayContaining(Object.keys(whole)));
  });

  it('says days and instants as YAML writes them, unquoted', () => {
    const text = stringify(whole).replaceAll('"', '');
    expect(parse(text)).toEqual(whole);
    expect(read(text).keys).toEqual([key]);
  });
});
