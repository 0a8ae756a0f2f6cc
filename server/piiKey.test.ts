import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { piiKeysOf } from './piiKey.ts';

const dir = mkdtempSync(join(tmpdir(), 'pii-'));
afterAll(() => rmSync(dir, { recursive: true }));
const PII_KEY = `2026:${Buffer.alloc(32, 7).toString('base64')}`;

describe('the key of personal data', () => {
  it('is made once in development, for the owner only', () => {
    const config = readConfig({ DATA_DIR: dir });
    const keys = piiKeysOf(config);
    expect(keys).toEqual([{ id: 'made', key: expect.any(Buffer) }]);
    expect(keys[0]?.key).toHaveLength(32);
    expect(piiKeysOf(config)).toEqual(keys);
    expect(statSync(join(dir, 'keys', 'pii')).mode & 0o777).toBe(0o600);
  });

  it('is the one of the environment where there is one', () => {
    const keys = piiKeysOf(readConfig({ DATA_DIR: dir, PII_KEY, NODE_ENV: 'production' }));
    expect(keys).toEqual([{ id: '2026', key: Buffer.alloc(32, 7) }]);
  });

  it('is wanted in production, by its name', () => {
    expect(() => piiKeysOf(readConfig({ DATA_DIR: dir, NODE_ENV: 'production' }))).toThrow(
      /PII_KEY: is not set; production wants id:base64 of 32 bytes/u,
    );
  });
});
