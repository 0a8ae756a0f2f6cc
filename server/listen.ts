import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { StartError } from './startError.ts';

/**
 * Opens the port and gives the address to reach it by.
 * @throws StartError that says why it cannot be opened and what to do.
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const bound = (app.server.address() as AddressInfo).port;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${bound}`;
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `PORT: ${port} on ${host} is taken by another program. Stop that one, or set PORT to another number.`,
        { cause: error },
      );
    case 'EACCES':
      return new StartError(`PORT: this user may not open port ${port}. Set PORT to a number above 1023.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EINVAL':
      return new StartError(
        `HOST: ${host} is no address of this machine. Use 127.0.0.1 (this machine only) or 0.0.0.0 (all networks).`,
        { cause: error },
      );
    default:
      return error;
  }
}
