import { arch, cpus, hostname, platform, totalmem } from 'node:os';
import { Document } from '../core/document.ts';
import { fail } from '../core/errors.ts';
import { DateTime, int32, type Value } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import { MAX_DOCUMENT_BYTES } from '../wire/message.ts';
import type { Command } from './command.ts';
import { types } from './fields.ts';

export const VERSION = '7.0.0';

export const pingCommand: Command = { fields: {}, run: () => Document.of() };

export const buildInfoCommand: Command = {
  fields: {},
  run: () =>
    Document.of([
      ['version', VERSION],
      ['gitVersion', 'embedded'],
      ['modules', []],
      ['allocator', 'v8'],
      ['javascriptEngine', 'none'],
      ['sysInfo', 'deprecated'],
      [
        'versionArray',
        VERSION.split('.')
          .map((part) => int32(Number(part)))
          .concat(int32(0)),
      ],
      ['bits', int32(64)],
      ['debug', false],
      ['maxBsonObjectSize', int32(MAX_DOCUMENT_BYTES)],
      ['storageEngines', ['lmdb']],
    ]),
};

export const connectionStatusCommand: Command = {
  fields: { showPrivileges: types.bool },
  run: ({ body }) => {
    const info: [string, Value][] = [
      ['authenticatedUsers', []],
      ['authenticatedUserRoles', []],
    ];
    if (body.get('showPrivileges') === true) info.push(['authenticatedUserPrivileges', []]);
    return Document.of([['authInfo', Document.of(info)]]);
  },
};

export const hostInfoCommand: Command = {
  fields: {},
  run: () =>
    Document.of([
      [
        'system',
        Document.of([
          ['currentTime', new DateTime(Date.now())],
          ['hostname', hostname()],
          ['cpuAddrSize', int32(64)],
          ['memSizeMB', BigInt(Math.floor(totalmem() / 1048576))],
          ['numCores', int32(cpus().length)],
          ['cpuArch', arch()],
        ]),
      ],
      ['os', Document.of([['type', platform()]])],
    ]),
};

const parameters: Readonly<Record<string, (engine: Engine) => Value>> = {
  featureCompatibilityVersion: () => Document.of([['version', '7.0']]),
  authenticationMechanisms: () => [],
  enableTestCommands: ({ failPoints }) => failPoints.enabled,
  transactionLifetimeLimitSeconds: (engine) => int32(engine.sessions.transactionSeconds),
  cursorTimeoutMillis: () => 600_000n,
  localLogicalSessionTimeoutMinutes: () => int32(30),
  maxTransactionLockRequestTimeoutMillis: () => int32(5),
};

export const getParameterCommand: Command = {
  fields: {
    allParameters: types.bool,
    ...Object.fromEntries(Object.keys(parameters).map((name) => [name, types.any])),
  },
  adminOnly: true,
  run: ({ body }, engine) => {
    const all = body.get('getParameter') === '*' || body.get('getParameter') instanceof Document;
    const names = Object.keys(parameters).filter((name) => all || body.has(name));
    if (names.length === 0) fail(72, 'InvalidOptions', 'no option found to get');
    return Document.of(names.map((name) => [name, parameters[name]?.(engine) ?? null]));
  },
};

function latest(engine: Engine): Document {
  const { counters } = engine;
  return Document.of(
    [...counters.commands].map(([name, { total, failed }]) => [
      name,
      Document.of([
        ['failed', BigInt(failed)],
        ['total', BigInt(total)],
      ]),
    ]),
  );
}

export const serverStatusCommand: Command = {
  fields: {
    repl: types.any,
    metrics: types.any,
    locks: types.any,
    asserts: types.any,
    network: types.any,
    opcounters: types.any,
    connections: types.any,
    wiredTiger: types.any,
    tcmalloc: types.any,
    transactions: types.any,
  },
  run: (_request, engine) => Document.of([...processStatus(engine), ...workStatus(engine)]),
};

type Fields = [string, Value][];

function processStatus(engine: Engine): Fields {
  const { counters } = engine;
  const uptime = Date.now() - engine.startedAt;
  const { rss } = process.memoryUsage();
  const { bytesIn, bytesOut } = counters.traffic();
  return [
    ['host', engine.address],
    ['version', VERSION],
    ['process', 'mongod'],
    ['pid', BigInt(process.pid)],
    ['uptime', uptime / 1000],
    ['uptimeMillis', BigInt(uptime)],
    ['localTime', new DateTime(Date.now())],
    [
      'connections',
      Document.of([
        ['current', int32(counters.connections)],
        ['totalCreated', int32(counters.connectionsCreated)],
      ]),
    ],
    [
      'mem',
      Document.of([
        ['bits', int32(64)],
        ['resident', int32(Math.floor(rss / 1048576))],
      ]),
    ],
    [
      'network',
      Document.of([
        ['bytesIn', BigInt(bytesIn)],
        ['bytesOut', BigInt(bytesOut)],
        ['numRequests', BigInt(counters.requests)],
      ]),
    ],
  ];
}

function workStatus(engine: Engine): Fields {
  const { counters, store, sessions, cursors } = engine;
  const open = Document.of([['total', BigInt(cursors.size)]]);
  return [
    ['opcounters', Document.of(Object.entries(counters.opcounters).map(([name, n]) => [name, BigInt(n)]))],
    ['logicalSessionRecordCache', Document.of([['activeSessionsCount', int32(sessions.size)]])],
    ['transactions', Document.of([['currentOpen', BigInt(sessions.openTransactions)]])],
    [
      'metrics',
      Document.of([
        ['commands', latest(engine)],
        ['cursor', Document.of([['open', open]])],
        [
          'queryExecutor',
          Document.of([
            ['scanned', BigInt(store.examined.keys)],
            ['scannedObjects', BigInt(store.examined.documents)],
          ]),
        ],
      ]),
    ],
    [
      'storageEngine',
      Document.of([
        ['name', 'lmdb'],
        ['persistent', true],
      ]),
    ],
    ['commits', BigInt(store.version)],
  ];
}
