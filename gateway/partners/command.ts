import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type AuditFact, openAuditLog } from '../../server/auditLog.ts';
import { type Config, readConfig } from '../../server/config.ts';
import type { Environment } from '../../server/secretFiles.ts';
import { StartError } from '../../server/startError.ts';
import { readContracts } from '../access/files.ts';
import { createPartner, type Issued, listPartners, type Office, revokeKeys, rotateKey } from './acts.ts';
import { isLive, type Manifest, ManifestError } from './manifest.ts';

const usage = `Usage: npm run partner -- create <id> --name <name> --contact <address>
         [--contract partner] [--scopes awards:verify,export:read] [--operations <file>]… [--mode strict|open]
         [--per-second 10 | --per-minute 600] [--daily 100000] [--cost 1000] [--cost-per-minute 20000] [--days 365]
       npm run partner -- rotate <id> [--grace 7] [--days 365]     a second key; the first ends after the days of grace
       npm run partner -- revoke <id> [--key k1]                   one key, or all of them, at once
       npm run partner -- list`;

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const options = {
  ...{ name: text, contact: text, contract: text, scopes: text, operations: texts, mode: text },
  ...{ 'per-second': text, 'per-minute': text, daily: text, cost: text, 'cost-per-minute': text },
  ...{ days: text, grace: text, key: text },
} satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof parsed>['values'];
type Write = (line: string) => void;
type Record = (fact: Pick<AuditFact, 'what' | 'details'>) => void;

const DAY_MS = 86_400_000;
const supergraph = new URL('../../schema/supergraph.graphql', import.meta.url);

/**
 * Creates partners, rotates and revokes their keys, and lists them, in PARTNERS_DIR, while gateways run or not. Each act is
 * added to the audit log. A key is printed once.
 * @throws StartError when the arguments, the environment or a manifest is not right.
 */
export async function managePartners(
  args: readonly string[],
  env: Environment,
  write: Write = (line) => process.stdout.write(`${line}\n`),
): Promise<void> {
  const config = readConfig(env);
  const office: Office = {
    directory: config.partnersDir,
    contracts: [...contractsOf(config)],
    now: Date.now,
  };
  const { values, positionals } = parsed(args);
  const [act, id, ...rest] = positionals;
  if (act === 'list' && id === undefined) {
    list(office, write);
    return;
  }
  const perform = acts.get(act ?? '');
  if (!perform || id === undefined || rest.length > 0) throw new StartError(usage);
  const audit = openAuditLog(config.dataDir);
  try {
    const record: Record = (fact) =>
      audit.append({ kind: 'ADMINISTRATION', subject: `os:${userInfo().username}`, ...fact });
    perform({ office, id, values, record, write });
  } finally {
    await audit.close();
  }
}

const contractsOf = ({ supergraph: file }: Config): Iterable<string> =>
  readContracts(join(dirname(file ?? fileURLToPath(supergraph)), 'contracts')).keys();

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new StartError(`${(cause as Error).message}\n${usage}`, { cause });
  }
}

interface Act {
  readonly office: Office;
  readonly id: string;
  readonly values: Values;
  readonly record: Record;
  readonly write: Write;
}

function create({ office, id, values, record, write }: Act): void {
  const { name, contact, scopes, operations = [], mode = operations.length > 0 ? 'strict' : 'open' } = values;
  if (!name || !contact) throw new StartError(`A partner has a --name and a --contact.\n${usage}`);
  const number = numberIn(values);
  const agreement = {
    ...{ name, contact, contract: values.contract ?? 'partner', scopes: scopes?.split(',') ?? [] },
    mode: mode.toUpperCase(),
    rate: values['per-minute']
      ? { perMinute: number('per-minute', 600) }
      : { perSecond: number('per-second', 10) },
    dailyQuota: number('daily', 100_000),
    cost: { perOperation: number('cost', 1_000), perMinute: number('cost-per-minute', 20_000) },
    // A manifest names files from where it stands; whoever types this names them from where they are.
    operations: operations.map((file) => resolve(file)),
  };
  const issued = createPartner(office, id, agreement, number('days', 365) * DAY_MS);
  record({ what: 'PARTNER_CREATED', details: { partner: id, key: issued.id, expiresAt: issued.expiresAt } });
  show(issued, write);
}

function rotate({ office, id, values, record, write }: Act): void {
  const number = numberIn(values);
  const graceMs = number('grace', 7) * DAY_MS;
  const issued = rotateKey(office, id, { lifeMs: number('days', 365) * DAY_MS, graceMs });
  record({
    what: 'PARTNER_KEY_ROTATED',
    details: { partner: id, key: issued.id, expiresAt: issued.expiresAt },
  });
  show(issued, write);
}

function revoke({ office, id, values, record, write }: Act): void {
  for (const key of revokeKeys(office, id, values.key)) {
    record({ what: 'PARTNER_KEY_REVOKED', details: { partner: id, key } });
    write(`${key} of ${id} is revoked; gateways refuse it within seconds.`);
  }
}

const acts = new Map([
  ['create', create],
  ['rotate', rotate],
  ['revoke', revoke],
]);

const numberIn =
  (values: Values) =>
  (
    name: 'days' | 'grace' | 'daily' | 'cost' | 'cost-per-minute' | 'per-second' | 'per-minute',
    preset: number,
  ) => {
    const given = values[name];
    if (given !== undefined && !/^\d{1,9}$/u.test(given))
      throw new StartError(`--${name} takes a whole number.`);
    return given === undefined ? preset : Number(given);
  };

function show({ key, id, expiresAt }: Issued, write: Write): void {
  write(key);
  write(`This is ${id}, good until ${expiresAt}. It is shown this once; nothing but its hash is kept.`);
}

function list(office: Office, write: Write): void {
  const found = listPartners(office);
  if (found.length === 0) write(`There are no partners in ${office.directory}.`);
  for (const each of found) write(each instanceof ManifestError ? each.message : lineOf(each, office.now()));
}

function lineOf({ id, name, contract, mode, operations, keys }: Manifest, nowMs: number): string {
  const live = keys.filter((key) => isLive(key, nowMs)).map((key) => `${key.id} until ${key.expiresAt}`);
  const parts = [
    id,
    name,
    `contract ${contract}`,
    mode,
    `${operations.length} operations`,
    live.join(', ') || 'no live key',
  ];
  return parts.join('  ');
}
