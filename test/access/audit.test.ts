import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGateway } from '../../gateway/start.ts';
import { checkAudit } from '../../server/audit/checkAudit.ts';
import { composeShop } from '../gateway/shop.ts';
import { post, type ShopOptions, startShop } from '../gateway/startShop.ts';

const openShop = async (options: Partial<ShopOptions> = {}) => {
  const shop = await startShop({ carrier: 'memory', ...options });
  onTestFinished(() => shop.stop());
  return shop;
};

const directory = () => {
  const dir = mkdtempSync(join(tmpdir(), 'audit-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const tooMany = `query Wide($name: String) { ${Array.from({ length: 31 }, (_, i) => `a${i}: whoami`).join(' ')} }`;

describe('the audit log holds', () => {
  it('a request of somebody who could not be made out', async () => {
    const shop = await openShop();
    await shop.ask('{ whoami }', {}, { 'x-demo-viewer': 'role=KING', 'x-request-id': 'r-1' });
    expect(shop.audited).toEqual([
      { kind: 'REFUSAL', what: 'UNAUTHENTICATED', subject: null, requestId: 'r-1' },
    ]);
  });

  it('an operation that was refused: whose, which, and why, once, without its variables', async () => {
    const shop = await openShop();
    await post(
      shop.url,
      { query: tooMany, operationName: 'Wide', variables: { name: 'Nguyen Van A' } },
      { 'x-demo-viewer': 'role=PARTNER', 'x-request-id': 'r-2' },
    );
    expect(shop.audited).toEqual([
      {
        kind: 'REFUSAL',
        what: 'ROOT_FIELDS_EXCEEDED ALIASES_EXCEEDED',
        subject: 'demo:PARTNER',
        requestId: 'r-2',
        details: { operation: 'Wide' },
      },
    ]);
  });

  it('nothing of a name of an operation that is no name', async () => {
    const shop = await openShop();
    await post(shop.url, { query: tooMany, operationName: 'Nguyen Van A' });
    expect(JSON.stringify(shop.audited)).not.toContain('Nguyen');
  });

  it('no request that was answered, and no mistake', async () => {
    const shop = await openShop();
    await shop.ask('{ whoami }');
    await shop.ask('{ nothing }');
    await fetch(`${shop.url}/nothing`);
    expect(shop.audited).toEqual([]);
  });
});

it('a log that cannot be written hinders no refusal, and is told', async () => {
  const shop = await openShop({
    audit: {
      append: () => {
        throw new Error('the disk is full');
      },
    },
  });
  const { status } = await shop.ask('{ whoami }', {}, { 'x-demo-viewer': 'role=KING' });
  expect(status).toBe(401);
  expect(shop.logs).toContainEqual(
    expect.objectContaining({ msg: 'a refusal could not be audited', codes: 'UNAUTHENTICATED' }),
  );
});

describe('npm run audit', () => {
  const refusedOnce = async () => {
    const DATA_DIR = directory();
    const SUPERGRAPH = join(DATA_DIR, 'supergraph.graphql');
    writeFileSync(
      SUPERGRAPH,
      composeShop({ products: 'http://127.0.0.1:1/g', reviews: 'http://127.0.0.1:1/g' }),
    );
    const running = await startGateway({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR, SUPERGRAPH });
    await post(running.url, { query: '{ whoami }' }, { authorization: 'Bearer x.y.z' });
    await running.stop();
    const [name = ''] = readdirSync(join(DATA_DIR, 'audit'));
    return { DATA_DIR, file: join(DATA_DIR, 'audit', name), name };
  };
  const check = (env: { DATA_DIR: string }) => {
    let text = '';
    checkAudit(env, { write: (part) => (text += part) });
    return text;
  };

  it('says that what a gateway wrote is whole', async () => {
    const { DATA_DIR, file, name } = await refusedOnce();
    expect(readFileSync(file, 'utf8')).toContain('"what":"UNAUTHENTICATED"');
    expect(check({ DATA_DIR })).toBe(`${name}  whole\n1 logs in ${join(DATA_DIR, 'audit')}\n`);
  });

  it('fails when a line is not as it was written', async () => {
    const { DATA_DIR, file } = await refusedOnce();
    writeFileSync(file, readFileSync(file, 'utf8').replace('UNAUTHENTICATED', 'NOTHING'));
    expect(() => check({ DATA_DIR })).toThrow('1 of them are not as they were written.');
  });

  it('finds nothing where nothing was written', () => {
    expect(check({ DATA_DIR: join(directory(), 'none') })).toMatch(/^0 logs in /u);
  });
});
