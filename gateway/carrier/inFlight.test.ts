import { describe, expect, it } from 'vitest';
import { InFlight } from './inFlight.ts';

/** A fetch that ends when the test says so, and what became of it. */
function fetchOf() {
  let resolve: (answer: string) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  const seen = { starts: 0, aborted: false };
  const start = (signal: AbortSignal) => {
    seen.starts += 1;
    signal.addEventListener('abort', () => {
      seen.aborted = true;
      reject(signal.reason);
    });
    return promise;
  };
  return { start, resolve, reject, seen };
}

const patient = () => {
  const stop = new AbortController();
  return { signal: stop.signal, limitMs: 60_000, stop };
};

describe('equal fetches under way together', () => {
  it('are one, and the next one after the answer is another', async () => {
    const flights = new InFlight<string>();
    const { start, resolve, seen } = fetchOf();
    const both = [flights.join('k', patient(), start), flights.join('k', patient(), start)];
    resolve('answer');
    expect(await Promise.all(both)).toEqual(['answer', 'answer']);
    expect(seen.starts).toBe(1);
    await flights.join('k', patient(), start);
    expect(seen.starts).toBe(2);
  });

  it('fail together', async () => {
    const flights = new InFlight<string>();
    const { start, reject } = fetchOf();
    const both = [flights.join('k', patient(), start), flights.join('k', patient(), start)];
    reject(new Error('gone'));
    for (const each of both) await expect(each).rejects.toThrow('gone');
  });

  it('go on while one of them waits, and end when nobody does', async () => {
    const flights = new InFlight<string>();
    const { start, seen } = fetchOf();
    const [first, second] = [patient(), patient()];
    const both = [flights.join('k', first, start), flights.join('k', second, start)];
    first.stop.abort(new Error('enough'));
    await expect(both[0]).rejects.toThrow('enough');
    expect(seen.aborted).toBe(false);
    second.stop.abort(new Error('enough too'));
    await expect(both[1]).rejects.toThrow('enough too');
    expect(seen.aborted).toBe(true);
  });

  it('are not joined once everybody has left', async () => {
    const flights = new InFlight<string>();
    const [left, next] = [fetchOf(), fetchOf()];
    const impatient = patient();
    const first = flights.join('k', impatient, left.start);
    impatient.stop.abort(new Error('enough'));
    const second = flights.join('k', patient(), next.start);
    next.resolve('answer');
    await expect(first).rejects.toThrow('enough');
    expect(await second).toBe('answer');
  });

  it('are not joined by one who could wait much longer', async () => {
    const flights = new InFlight<string>();
    const hurried = fetchOf();
    const calm = fetchOf();
    const first = flights.join('k', { ...patient(), limitMs: 10 }, hurried.start);
    const second = flights.join('k', patient(), calm.start);
    hurried.resolve('soon');
    calm.resolve('later');
    expect(await Promise.all([first, second])).toEqual(['soon', 'later']);
  });

  it('of other keys are others', async () => {
    const flights = new InFlight<string>();
    const { start, resolve, seen } = fetchOf();
    const both = [flights.join('a', patient(), start), flights.join('b', patient(), start)];
    resolve('answer');
    await Promise.all(both);
    expect(seen.starts).toBe(2);
  });
});
