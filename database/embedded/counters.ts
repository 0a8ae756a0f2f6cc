import type { Socket } from 'node:net';

/** What serverStatus tells about the work done since the start. */
export class Counters {
  readonly commands = new Map<string, { total: number; failed: number }>();
  readonly opcounters = { insert: 0, query: 0, update: 0, delete: 0, getmore: 0, command: 0 };
  connectionsCreated = 0;
  requests = 0;
  readonly #sockets = new Set<Socket>();
  #bytesIn = 0;
  #bytesOut = 0;

  get connections(): number {
    return this.#sockets.size;
  }

  opened(socket: Socket): void {
    this.connectionsCreated++;
    this.#sockets.add(socket);
  }

  closed(socket: Socket): void {
    this.#sockets.delete(socket);
    this.#bytesIn += socket.bytesRead;
    this.#bytesOut += socket.bytesWritten;
  }

  /** Bytes over all connections, closed ones too. */
  traffic(): { bytesIn: number; bytesOut: number } {
    const open = [...this.#sockets];
    return {
      bytesIn: open.reduce((sum, socket) => sum + socket.bytesRead, this.#bytesIn),
      bytesOut: open.reduce((sum, socket) => sum + socket.bytesWritten, this.#bytesOut),
    };
  }

  count(command: string, failed: boolean): void {
    const known = this.commands.get(command) ?? { total: 0, failed: 0 };
    known.total++;
    this.requests++;
    if (failed) known.failed++;
    this.commands.set(command, known);
    this.#countOperation(command);
  }

  #countOperation(command: string): void {
    const { opcounters } = this;
    if (command === 'find') opcounters.query++;
    else if (command === 'getMore') opcounters.getmore++;
    else if (command === 'insert' || command === 'update' || command === 'delete') opcounters[command]++;
    else opcounters.command++;
  }
}
