import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type End, peerOf } from './channel.ts';

/** Two ends as node:cluster gives them: what one sends the other hears, later and as a copy. */
function ends(): [End & EventEmitter, End & EventEmitter] {
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  const end = (from: EventEmitter, to: EventEmitter) =>
    Object.assign(from, {
      send: (message: unknown) => setImmediate(() => to.emit('message', structuredClone(message))),
    });
  return [end(one, other), end(other, one)];
}

interface Adder {
  readonly add: (one: number, other: number) => number;
  readonly later: () => Promise<string>;
  readonly fail: () => never;
}

const adder = (later: Promise<string>): Adder => ({
  add: (one, other) => one + other,
  later: () => later,
  fail: () => {
    throw new TypeError('no such sum');
  },
});

describe('a channel between two processes', () => {
  it('carries questions both ways, each with its own answer', async () => {
    let tell = (_text: string) => {};
    const later = new Promise<string>((resolve) => {
      tell = resolve;
    });
    const [one, other] = ends();
    const toOther = peerOf<Adder>(one, { name: () => 'one' });
    const toOne = peerOf<{ name: () => string }>(other, { ...adder(later) });
    const slow = toOther.ask('later');
    expect(await Promise.all([toOther.ask('add', 1, 2), toOne.ask('name')])).toEqual([3, 'one']);
    tell('at last');
    expect(await slow).toBe('at last');
  });

  it('carries what was thrown', async () => {
    const [one, other] = ends();
    peerOf(other, { ...adder(Promise.resolve('')) });
    await expect(peerOf<Adder>(one, {}).ask('fail')).rejects.toThrow('no such sum');
  });

  it('says so when the other end is gone before it has answered', async () => {
    const [one, other] = ends();
    peerOf(other, { ...adder(new Promise(() => {})) });
    const asked = peerOf<Adder>(one, {}).ask('later');
    one.emit('disconnect');
    await expect(asked).rejects.toThrow('the other process is gone');
  });

  it('says so when a question cannot be sent', async () => {
    const closed: End = Object.assign(new EventEmitter(), {
      send: (...[, , , sent]: Parameters<End['send']>) => sent(new Error('Channel closed')),
    });
    await expect(peerOf<Adder>(closed, {}).ask('add', 1, 2)).rejects.toThrow('Channel closed');
  });

  it('leaves alone what others send', () => {
    const [one] = ends();
    peerOf(one, {});
    for (const message of [null, 'text', 1, { type: 'of somebody else' }])
      expect(() => one.emit('message', message)).not.toThrow();
  });
});
