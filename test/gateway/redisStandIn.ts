import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/**
 * Stands in for Redis: as much of it as counting needs, over its protocol (RESP 2). The counting script is known by what
 * it does: it adds to a key that ends by itself, and gives what is there and for how long.
 */
export interface RedisStandIn {
  readonly url: string;
  /** What was counted, by key. */
  readonly counts: ReadonlyMap<string, number>;
  readonly stop: () => Promise<void>;
}

export async function startRedis(port = 0): Promise<RedisStandIn> {
  const counts = new Map<string, number>();
  const ends = new Map<string, number>();
  const sockets = new Set<Socket>();
  const count = (key: string, by: number, seconds: number): number[] => {
    counts.set(key, (counts.get(key) ?? 0) + by);
    if (!ends.has(key)) ends.set(key, Date.now() + seconds * 1_000);
    return [counts.get(key) ?? 0, (ends.get(key) ?? 0) - Date.now()];
  };
  const answer = ([name = '', ...args]: readonly string[]): string => {
    switch (name.toLowerCase()) {
      case 'evalsha':
        return '-NOSCRIPT no such script\r\n';
      case 'eval':
        return arrayOf(count(args[2] ?? '', Number(args[3]), Number(args[4])).map((each) => `:${each}\r\n`));
      default:
        return '+OK\r\n';
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
      for (let next = commandIn(received); next; next = commandIn(received)) {
        received = received.slice(next.length);
        socket.write(answer(next.command));
      }
    });
    socket.on('error', () => {});
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}

const arrayOf = (items: readonly string[]): string => `*${items.length}\r\n${items.join('')}`;

/** The first command of what was received, an array of bulk strings; null while it is not whole. */
function commandIn(
  received: string,
): { readonly command: readonly string[]; readonly length: number } | null {
  const head = /^\*(\d+)\r\n/u.exec(received);
  if (!head) return null;
  const command: string[] = [];
  let at = head[0].length;
  while (command.length < Number(head[1])) {
    const size = /^\$(\d+)\r\n/u.exec(received.slice(at));
    if (!size) return null;
    const from = at + size[0].length;
    const to = from + Number(size[1]);
    if (received.length < to + 2) return null;
    command.push(received.slice(from, to));
    at = to + 2;
  }
  return { command, length: at };
}
