import type { ClientSession, mongo } from 'mongoose';
import type { Viewer } from '../../../server/viewer.ts';
import { isDuplicateKey } from '../databaseErrors.ts';
import { randomId } from '../ids.ts';
import { driverOptions } from '../read.ts';
import type { Aggregate, Versioned } from './aggregate.ts';
import { changesBetween } from './changes.ts';
import type { FaultDetails, Faults } from './faults.ts';
import type { AuditRow, Journal, OutboxRow } from './journal.ts';

/** The request that a transaction belongs to. */
export interface CommandScope<Models> {
  readonly models: Models;
  readonly journal: Journal;
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly signal: AbortSignal | undefined;
  readonly now: Date;
  readonly today: string;
}

interface Doing {
  readonly action: string;
  reason: string | null;
  readonly acknowledged: readonly string[];
}

type Change<Row> = Partial<Omit<Row, keyof Versioned>>;
type Raw = mongo.Collection<{ _id: string; version: number }>;

/**
 * The transaction of one command. Every write through it bumps the version, leaves an audit entry and an event; all of
 * it is committed together or not at all. Reads take `tx.options`, so that they see the transaction's snapshot.
 */
export class Tx<Models> {
  readonly models: Models;
  readonly viewer: Viewer;
  readonly now: Date;
  readonly today: string;
  readonly session: ClientSession;
  readonly faults: Faults;
  /** For every read and write of the transaction. */
  readonly options: { readonly session: ClientSession; readonly signal?: AbortSignal };
  readonly #scope: CommandScope<Models>;
  readonly #doing: Doing;
  readonly #audit: AuditRow[] = [];
  readonly #outbox: OutboxRow[] = [];

  constructor(scope: CommandScope<Models>, session: ClientSession, faults: Faults, doing: Doing) {
    this.models = scope.models;
    this.viewer = scope.viewer;
    this.now = scope.now;
    this.today = scope.today;
    this.session = session;
    this.faults = faults;
    this.options = { session, ...driverOptions(scope.signal) };
    this.#scope = scope;
    this.#doing = doing;
  }

  /** Reads a record by its id. Refuses with NOT_FOUND. */
  async get<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    id: string,
    path: readonly string[] = ['input', 'id'],
  ): Promise<Row> {
    const row = await aggregate.model(this.models).findOne({ _id: id }, {}, this.options).lean<Row>();
    return row ?? this.faults.refuse('NOT_FOUND', { path, params: { type: aggregate.type, key: id } });
  }

  /** Says why it is done, where the input has a reason of its own; the audit keeps it. */
  because(reason: string): void {
    this.#doing.reason = reason;
  }

  /**
   * Reads the record that a command is about, asks `may` whether the viewer may (it throws), and refuses with
   * VERSION_CONFLICT when the record is not at the version the client has seen.
   */
  async take<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    { id, expectedVersion }: { readonly id: string; readonly expectedVersion: number },
    may: (row: Row) => void,
  ): Promise<Row> {
    const row = await this.get(aggregate, id);
    may(row);
    if (row.version !== expectedVersion) this.#conflict(expectedVersion, row.version);
    return row;
  }

  /**
   * Adds a record, at version 1. Refuses with `onDuplicate` when a unique index knows it already.
   * Gives the record as stored.
   */
  async insert<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    fields: Omit<Row, 'version' | 'createdAt' | 'updatedAt' | 'seq'>,
    options: {
      readonly onDuplicate?: readonly [code: string, details?: FaultDetails];
      readonly copy?: object;
    } = {},
  ): Promise<Row> {
    const row = { ...fields, version: 1, createdAt: this.now, updatedAt: this.now } as unknown as Row;
    await this.#raw(aggregate)
      .insertOne(row as never, this.options)
      .catch((error: unknown) => {
        const [code, details] = options.onDuplicate ?? [];
        if (code && isDuplicateKey(error)) this.faults.refuse(code, details);
        throw error;
      });
    this.#record(aggregate, null, row, options.copy);
    return row;
  }

  /**
   * Changes a record: compare-and-swap on the version it was read at. Gives the record as stored.
   * Refuses with VERSION_CONFLICT when somebody else was faster.
   */
  async update<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    row: Row,
    change: Change<Row>,
    options: { readonly copy?: object } = {},
  ): Promise<Row> {
    const next = this.#next(row, change);
    const { matchedCount } = await this.#raw(aggregate).updateOne(
      { _id: row._id, version: row.version },
      { $set: { ...change, version: next.version, updatedAt: this.now } },
      this.options,
    );
    if (matchedCount !== 1) this.#conflict(row.version, row.version + 1);
    this.#record(aggregate, row, next, options.copy);
    return next;
  }

  /**
   * Changes many records that follow from one (a unit's descendants, when it moves) in one command. Others are told of
   * each; the audit names them in the entry of the record that they follow.
   */
  async updateMany<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    changes: readonly { readonly row: Row; readonly change: Change<Row>; readonly copy?: object }[],
  ): Promise<Row[]> {
    if (changes.length === 0) return [];
    const next = changes.map(({ row, change }) => this.#next(row, change));
    const { matchedCount } = await this.#raw(aggregate).bulkWrite(
      changes.map(({ row, change }) => ({
        updateOne: {
          filter: { _id: row._id, version: row.version },
          update: { $set: { ...change, version: row.version + 1, updatedAt: this.now } },
        },
      })),
      { ...this.options, ordered: true },
    );
    if (matchedCount !== changes.length) this.#conflict(0, 0);
    next.forEach((row, index) => {
      this.#tell(aggregate, row, changes[index]?.copy);
    });
    return next;
  }

  /**
   * Takes a record away for good: compare-and-swap on the version it was read at. The audit keeps what it was; others
   * are told of the version after its last. Refuses with VERSION_CONFLICT when somebody else was faster.
   */
  async remove<Row extends Versioned>(aggregate: Aggregate<Models, Row>, row: Row): Promise<void> {
    const { deletedCount } = await this.#raw(aggregate).deleteOne(
      { _id: row._id, version: row.version },
      this.options,
    );
    if (deletedCount !== 1) this.#conflict(row.version, row.version + 1);
    const gone = Object.fromEntries(Object.keys(row).map((field) => [field, null]));
    const after = { ...gone, _id: row._id, version: row.version + 1 } as unknown as Row;
    this.#record({ ...aggregate, streamed: false }, row, after, { removed: true });
  }

  /** Adds an entry to the audit that is no change of a record: a reading, or what one record's change did to others. */
  note(
    entry: Pick<AuditRow, 'type' | 'entityIds'> & Partial<Pick<AuditRow, 'action' | 'reason' | 'changes'>>,
  ): void {
    this.#audit.push({ ...this.#entry(), version: null, changes: [], ...entry });
  }

  /** Writes what was collected; the last thing before the commit. */
  async flush(): Promise<void> {
    const { audit, outbox } = this.#scope.journal;
    if (this.#audit.length > 0) await audit.collection.insertMany(this.#audit as never, this.options);
    if (this.#outbox.length > 0) await outbox.collection.insertMany(this.#outbox as never, this.options);
  }

  #raw<Row extends Versioned>(aggregate: Aggregate<Models, Row>): Raw {
    return aggregate.model(this.models).collection as unknown as Raw;
  }

  #next<Row extends Versioned>(row: Row, change: Change<Row>): Row {
    return { ...row, ...change, version: row.version + 1, updatedAt: this.now };
  }

  #conflict(expected: number, actual: number): never {
    return this.faults.refuse('VERSION_CONFLICT', {
      path: ['input', 'expectedVersion'],
      params: { expected, actual },
    });
  }

  #record<Row extends Versioned>(
    aggregate: Aggregate<Models, Row>,
    before: Row | null,
    after: Row,
    copy: object | undefined,
  ): void {
    this.#audit.push({
      ...this.#entry(),
      type: aggregate.type,
      entityIds: [after._id],
      version: after.version,
      changes: changesBetween(before, after, aggregate),
    });
    this.#tell(aggregate, after, copy);
  }

  #entry() {
    const { viewer, requestId, now } = this.#scope;
    const { subject, role, unitPath } = viewer;
    return { _id: randomId('aud'), at: now, subject, role, unitPath, requestId, ...this.#doing };
  }

  #tell<Row extends Versioned>(aggregate: Aggregate<Models, Row>, row: Row, copy: object | undefined): void {
    this.#outbox.push({
      _id: randomId('evt'),
      pending: true,
      type: aggregate.type,
      entityId: row._id,
      version: row.version,
      action: this.#doing.action,
      // Not the request's instant, which a test may stop: the lag is measured from here.
      at: new Date(),
      copy: copy ?? aggregate.copy?.(row) ?? null,
      stream: aggregate.streamed ? aggregate.model(this.models).collection.name : null,
    });
  }
}
