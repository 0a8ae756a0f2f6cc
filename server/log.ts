import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from './config.ts';

export type Log = Logger;

/**
 * Gives the log of a process: one JSON object a line on standard output, or into the given stream.
 * An error is written whole, with its causes: this is the only place where anybody may see it.
 */
export function createLog(level: LogLevel, name: string, stream?: DestinationStream): Log {
  return pino(
    {
      level,
      base: { process: name },
      serializers: { error: stdSerializers.errWithCause },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream ?? destination({ fd: 1, sync: false }),
  );
}
