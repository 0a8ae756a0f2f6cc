import type { Document } from '../core/document.ts';
import type { Timestamp } from '../core/values.ts';
import type { Engine } from '../engine.ts';
import type { Session } from '../session/sessions.ts';
import type { ClientTransaction } from '../session/transaction.ts';
import type { View } from '../store/view.ts';
import type { Connection } from '../wire/connection.ts';
import type { Reply } from '../wire/raw.ts';
import type { FieldTypes } from './fields.ts';

/** A command as it was sent, with what dispatch has found out about its session. */
export interface Request {
  readonly name: string;
  readonly body: Document;
  readonly db: string;
  readonly sequences: ReadonlyMap<string, readonly Document[]>;
  readonly connection: Connection;
  readonly session: Session | undefined;
  /** The number of a retryable write or a transaction. */
  readonly txnNumber: bigint | undefined;
  readonly transaction: ClientTransaction | undefined;
  /** What reads see: the last commit, a snapshot, or the transaction. */
  readonly view: View;
  /** The time of the snapshot that is read, where one was asked for. */
  readonly snapshotTime: Timestamp | undefined;
  /** When maxTimeMS is up, in milliseconds since 1970. */
  readonly deadline: number | undefined;
}

/** One command: what it may be given, where it may run, what it does. */
export interface Command {
  /** Its own fields beside the generic ones; the field of its own name takes what `target` says. */
  readonly fields: FieldTypes;
  readonly inTransaction?: boolean;
  readonly adminOnly?: boolean;
  run(request: Request, engine: Engine): Reply | Promise<Reply>;
}
