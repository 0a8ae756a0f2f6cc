import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { bearerToken } from './bearer.ts';
import { goodClaims, type IssuerKey, issuerKey, published, trust } from './issuer.fixture.ts';
import { fixedKeys, type KeySet, keysOfFile, keysOfUrl, parseKeySet } from './keySet.ts';

// For a machine that has much else to do.
const patience = { timeout: 10_000 };

let first: IssuerKey;
let second: IssuerKey;

beforeAll(async () => {
  first = await issuerKey('first');
  second = await issuerKey('second');
});

/** Says for each of the two keys whether a token of it is believed. */
const believed = (keys: KeySet) => {
  const credential = bearerToken(keys, trust);
  return async () => {
    const answers = await Promise.allSettled(
      [first, second].map(async (key) =>
        credential({ headers: { authorization: `Bearer ${await key.sign(goodClaims())}` }, url: '/' }),
      ),
    );
    return answers.map(({ status }) => status === 'fulfilled');
  };
};

const stopped = (keys: KeySet): KeySet => {
  onTestFinished(() => keys.stop());
  return keys;
};

describe('keys in a file', () => {
  const write = (file: string, text: string, at: number) => {
    writeFileSync(file, text);
    // Two writes of one test may fall into one tick of the file system's clock.
    utimesSync(file, at, at);
  };
  const open = () => {
    const directory = mkdtempSync(join(tmpdir(), 'keys-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'jwks.json');
    const bad: unknown[] = [];
    write(file, published(first), 1_000);
    const keys = stopped(keysOfFile(file, (error) => bad.push(error), 10));
    return { file, bad, are: believed(keys) };
  };

  it('are read again when it changes: a new one is believed, one that was taken out is not', async () => {
    const { file, are } = open();
    expect(await are()).toEqual([true, false]);
    write(file, published(first, second), 2_000);
    await expect.poll(are, patience).toEqual([true, true]);
    write(file, published(second), 3_000);
    await expect.poll(are, patience).toEqual([false, true]);
  });

  it('stay when the file cannot be read, which is told', async () => {
    const { file, bad, are } = open();
    write(file, '{ "keys": [', 2_000);
    await expect.poll(() => bad.length, patience).toBe(1);
    expect(await are()).toEqual([true, false]);
    write(file, published(second), 3_000);
    await expect.poll(are, patience).toEqual([false, true]);
  });
});

describe('keys at a URL', () => {
  const serve = async () => {
    const site = { text: published(first), status: 200, fetches: 0 };
    const server: Server = createServer((_request, response) => {
      site.fetches += 1;
      response.writeHead(site.status, { 'content-type': 'application/json' }).end(site.text);
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return { site, url: new URL(`http://127.0.0.1:${port}/jwks.json`) };
  };
  const never = { refreshMs: 3_600_000, cooldownMs: 3_600_000, maxAgeMs: 3_600_000 };

  it('are fetched again and again: one that was taken out is not believed any more', async () => {
    const { site, url } = await serve();
    const are = believed(stopped(keysOfUrl(url, () => {}, { ...never, refreshMs: 20 })));
    expect(await are()).toEqual([true, false]);
    site.text = published(second);
    await expect.poll(are, patience).toEqual([false, true]);
  });

  it('are fetched when a token names an unknown one', async () => {
    const { site, url } = await serve();
    const are = believed(stopped(keysOfUrl(url, () => {}, { ...never, cooldownMs: 0 })));
    expect(await are()).toEqual([true, false]);
    site.text = published(first, second);
    expect(await are()).toEqual([true, true]);
  });

  it('are not fetched for each unknown one', async () => {
    const { site, url } = await serve();
    const are = believed(stopped(keysOfUrl(url, () => {}, never)));
    for (let i = 0; i < 5; i += 1) expect(await are()).toEqual([true, false]);
    expect(site.fetches).toBe(1);
  });

  it('stay for a while when the issuer does not answer, which is told', async () => {
    const { site, url } = await serve();
    const bad: unknown[] = [];
    const keys = stopped(keysOfUrl(url, (error) => bad.push(error), { ...never, refreshMs: 20 }));
    const are = believed(keys);
    expect(await are()).toEqual([true, false]);
    site.status = 500;
    await expect.poll(() => bad.length, patience).toBeGreaterThan(1);
    expect(await are()).toEqual([true, false]);
  });

  it('are not guessed when they were never had: that is our fault, and may pass', async () => {
    const { site, url } = await serve();
    site.status = 500;
    const credential = bearerToken(stopped(keysOfUrl(url, () => {}, never)), trust);
    const headers = { authorization: `Bearer ${await first.sign(goodClaims())}` };
    await expect(credential({ headers, url: '/' })).rejects.toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      extensions: { retryable: true },
    });
  });

  it('do not outlive their age', async () => {
    const { url } = await serve();
    const keys = stopped(keysOfUrl(url, () => {}, { ...never, maxAgeMs: 0 }));
    await believed(keys)();
    expect(keys.version()).toBeNull();
  });
});

describe('a key set', () => {
  it('of a text stays as it is', async () => {
    expect(await believed(fixedKeys(published(first)))()).toEqual([true, false]);
  });

  it.each([
    ['{}', 'expected array'],
    ['{"keys":[{"kty":"oct","k":"eA"}]}', 'kty is RSA, EC or OKP (at keys.0.kty)'],
    ['{"keys":[{"kty":"OKP","crv":"Ed25519","x":"eA","d":"eA"}]}', 'there is a private key among them'],
    ['keys', 'not valid JSON'],
  ])('%s is none', (text, why) => {
    expect(() => parseKeySet(text)).toThrow(why);
  });
});
