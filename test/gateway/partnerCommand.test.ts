import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { managePartners } from '../../gateway/partners/command.ts';
import { demoKey } from '../../gateway/partners/demo.ts';
import { firstBroken } from '../../server/auditLog.ts';
import { readConfig } from '../../server/config.ts';
import { startShop } from './startShop.ts';

const directory = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'partners-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};
/** Runs the command as a person does; gives the lines that it prints. */
const run = async (dir: string, ...args: string[]): Promise<string[]> => {
  const lines: string[] = [];
  await managePartners(args, { DATA_DIR: dir }, (line) => lines.push(line));
  return lines;
};
const create = ['create', 'bookshop', '--name', 'The Bookshop', '--contact', 'it@bookshop.example'];
const manifestOf = (dir: string): string => readFileSync(join(dir, 'partners/bookshop.yaml'), 'utf8');

describe('npm run partner', () => {
  it('leads a partner through its life while the gateway runs', async () => {
    const shop = await startShop({ carrier: 'memory' });
    onTestFinished(() => shop.stop());
    const status = async (key: string) => (await shop.ask('{ whoami }', {}, { 'x-api-key': key })).status;
    const [first = ''] = await run(shop.dir, ...create, '--per-second', '1000');
    expect(first).toMatch(/^emu_bookshop_[\dA-Za-z]{32}_[\dA-Za-z]{6}$/u);
    await expect.poll(() => status(first), { timeout: 10_000 }).toBe(200);
    const [second = ''] = await run(shop.dir, 'rotate', 'bookshop', '--grace', '7');
    await expect.poll(() => status(second), { timeout: 10_000 }).toBe(200);
    expect(await status(first)).toBe(200);
    await run(shop.dir, 'revoke', 'bookshop', '--key', 'k1');
    await expect.poll(() => status(first), { timeout: 10_000 }).toBe(401);
    expect(await status(second)).toBe(200);
    await run(shop.dir, 'revoke', 'bookshop');
    await expect.poll(() => status(second), { timeout: 10_000 }).toBe(401);
  });

  it('shows a key once, keeps its hash only, for the owner only', async () => {
    const dir = directory();
    const [key = '', about] = await run(dir, ...create, '--days', '30');
    expect(about).toMatch(/^This is k1, good until .+Z\. It is shown this once/u);
    expect(manifestOf(dir)).not.toContain(key.split('_')[2]);
    expect(manifestOf(dir)).toMatch(/hash: sha256:[\da-f]{64}/u);
    expect(statSync(join(dir, 'partners')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dir, 'partners/bookshop.yaml')).mode & 0o777).toBe(0o600);
  });

  it('lets the older key end after the days of grace, and has two live keys at most', async () => {
    const dir = directory();
    await run(dir, ...create);
    await run(dir, 'rotate', 'bookshop', '--grace', '3');
    const [first = '', second = ''] = [...manifestOf(dir).matchAll(/expiresAt: (\S+)/gu)].map(
      ([, at]) => at ?? '',
    );
    const days = (at: string) => Math.round((Date.parse(at) - Date.now()) / 86_400_000);
    expect([days(first), days(second)]).toEqual([3, 365]);
    await expect(run(dir, 'rotate', 'bookshop')).rejects.toThrow('2 live keys, k1 and k2');
  });

  it('keeps what a person wrote into a manifest', async () => {
    const dir = directory();
    await run(dir, ...create);
    const file = join(dir, 'partners/bookshop.yaml');
    writeFileSync(file, manifestOf(dir).replace('mode: OPEN', 'mode: OPEN # until the app is out'));
    await run(dir, 'rotate', 'bookshop');
    expect(manifestOf(dir)).toContain('mode: OPEN # until the app is out');
    expect(readdirSync(join(dir, 'partners'))).toEqual(['bookshop.yaml']);
  });

  it('lists partners with their live keys, and manifests that cannot be used', async () => {
    const dir = directory();
    expect(await run(dir, 'list')).toEqual([`There are no partners in ${dir}/partners.`]);
    await run(dir, ...create);
    writeFileSync(join(dir, 'partners/broken.yaml'), 'id: [');
    expect(await run(dir, 'list')).toEqual([
      expect.stringMatching(
        /^bookshop {2}The Bookshop {2}contract partner {2}OPEN {2}0 operations {2}k1 until /u,
      ),
      expect.stringMatching(/broken\.yaml is no manifest of a partner:\n {2}it is no YAML/u),
    ]);
    await run(dir, 'revoke', 'bookshop');
    expect((await run(dir, 'list'))[0]).toContain('no live key');
  });

  it('adds each act to the audit log, and no key', async () => {
    const dir = directory();
    const [key = ''] = await run(dir, ...create);
    await run(dir, 'rotate', 'bookshop');
    await run(dir, 'revoke', 'bookshop');
    const files = readdirSync(join(dir, 'audit')).sort();
    const facts = files.flatMap((name) => {
      expect(firstBroken(join(dir, 'audit', name))).toBeNull();
      const lines = readFileSync(join(dir, 'audit', name), 'utf8')
        .trimEnd()
        .split('\n');
      return lines.map((line) => JSON.parse(line.split('\t')[0] ?? ''));
    });
    const fact = (what: string, id: string) => ({
      ...{ at: expect.any(String), kind: 'ADMINISTRATION', what, subject: expect.stringMatching(/^os:/u) },
      details: expect.objectContaining({ partner: 'bookshop', key: id }),
    });
    expect(facts).toEqual([
      fact('PARTNER_CREATED', 'k1'),
      fact('PARTNER_KEY_ROTATED', 'k2'),
      fact('PARTNER_KEY_REVOKED', 'k1'),
      fact('PARTNER_KEY_REVOKED', 'k2'),
    ]);
    expect(JSON.stringify(facts)).not.toContain(key.split('_')[2]);
  });

  it.each([
    [[], /^Usage: npm run partner/u],
    [['remove', 'bookshop'], /^Usage: /u],
    [['create', 'bookshop'], /a --name and a --contact/u],
    [['create', 'Book_Shop', ...create.slice(2)], /Book_Shop is no id of a partner: small letters/u],
    [[...create, '--days', 'many'], /--days takes a whole number/u],
    [[...create, '--mode', 'ajar'], /mode: STRICT or OPEN/u],
    [[...create, '--mode', 'strict'], /operations: are none; a partner in mode STRICT could ask nothing/u],
    [[...create, '--operations', 'none.json'], /operations: .*none\.json cannot be used: ENOENT/u],
    [[...create, '--color', 'red'], /Unknown option '--color'/u],
    [['rotate', 'stranger'], /There is no partner stranger/u],
    [['revoke', 'stranger'], /There is no partner stranger/u],
  ])('says what is wrong with %j', async (args, message) => {
    await expect(run(directory(), ...args)).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(message),
    });
  });

  it('names the directory that is none', async () => {
    const dir = directory();
    writeFileSync(join(dir, 'partners'), '');
    await expect(run(dir, 'list')).rejects.toThrow(`PARTNERS_DIR: ${dir}/partners cannot be read: ENOTDIR`);
  });

  it('creates no partner twice, and revokes no key that is not live', async () => {
    const dir = directory();
    await run(dir, ...create);
    await expect(run(dir, ...create)).rejects.toThrow('There is a partner bookshop already');
    await expect(run(dir, 'revoke', 'bookshop', '--key', 'k9')).rejects.toThrow('no live key k9; it has k1');
  });
});

describe('the demo partner', () => {
  const operations = new URL('../../schema/operations/', import.meta.url);
  const keyOf = (env: Record<string, string>) => demoKey(readConfig(env), operations);

  it('is made once in development, and keeps its key for the owner only', async () => {
    const dir = directory();
    const key = keyOf({ DATA_DIR: dir });
    expect(key).toMatch(/^emu_demo_/u);
    expect(keyOf({ DATA_DIR: dir })).toBe(key);
    expect(statSync(join(dir, 'keys/partner-demo')).mode & 0o777).toBe(0o600);
    expect(await run(dir, 'list')).toEqual([expect.stringMatching(/^demo .* 6 operations {2}k1 until /u)]);
  });

  it('is not made beside partners that are there, in production, or where others can ask', async () => {
    const dir = directory();
    await run(dir, ...create);
    expect(keyOf({ DATA_DIR: dir })).toBeNull();
    for (const env of [{ NODE_ENV: 'production' }, { HOST: '0.0.0.0' }]) {
      const empty = directory();
      expect(keyOf({ DATA_DIR: empty, ...env })).toBeNull();
      expect(readdirSync(empty)).toEqual([]);
    }
  });
});
