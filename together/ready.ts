import { waysIn } from '../gateway/waysIn.ts';
import { announce } from '../server/announce.ts';
import type { Log } from '../server/log.ts';
import type { Base } from './base.ts';

interface Told {
  readonly base: Base;
  readonly url: string;
  readonly log: Log;
  /** Whether a person is watching. */
  readonly terminal: boolean;
}

/** Tells the log that the graph answers, and a person how to go on. */
export function tellReady({ base: { config, place, partnerKey }, url, log, terminal }: Told): void {
  log.info({ url, database: place }, 'ready');
  if (terminal) announce([...waysIn(url, config, partnerKey), ['Its data', place]]);
}
