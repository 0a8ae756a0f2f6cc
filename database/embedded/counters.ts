/** What serverStatus tells about the work done since the start. */
export class Counters {
  readonly commands = new Map<string, { total: number; failed: number }>();
  readonly opcounters = { insert: 0, query: 0, update: 0, delete: 0, getmore: 0, command: 0 };
  connectionsCreated = 0;
  connections = 0;
  requests = 0;
  bytesIn = 0;
  bytesOut = 0;

  count(command: string, failed: boolean): void {
    const known = this.commands.get(command) ?? { total: 0, failed: 0 };
    known.total++;
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
