import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { Sum } from './sum.ts';

/** One process that has asked so many times, took a second for each, and holds so many connections. */
function counted(asked: number, connections: number): Registry {
  const registry = new Registry();
  const own = { help: 'of the test', registers: [registry] };
  new Counter({ name: 'asked_total', ...own, labelNames: ['route'] }).inc({ route: '/graphql' }, asked);
  const seconds = new Histogram({ name: 'seconds', ...own, buckets: [2] });
  for (let time = 0; time < asked; time += 1) seconds.observe(1);
  new Gauge({ name: 'connections', ...own }).set(connections);
  return registry;
}

const numbersOf = async (sum: Sum): Promise<unknown> => {
  const text = await sum.text();
  const of = (name: string) => Number(new RegExp(`^${name}(?:\\{.*\\})? (.+)$`, 'mu').exec(text)?.[1]);
  return { asked: of('asked_total'), answered: of('seconds_count'), connections: of('connections') };
};

it('adds up what processes have counted, and forgets nothing that counts up', async () => {
  const sum = new Sum(counted(1, 10));
  sum.note(101, await counted(2, 20).getMetricsAsJSON());
  sum.note(102, await counted(3, 30).getMetricsAsJSON());
  expect(await numbersOf(sum)).toEqual({ asked: 6, answered: 6, connections: 60 });
  sum.end(101);
  sum.end(102);
  expect(await numbersOf(sum)).toEqual({ asked: 6, answered: 6, connections: 10 });
  sum.note(103, await counted(4, 40).getMetricsAsJSON());
  expect(await numbersOf(sum)).toEqual({ asked: 10, answered: 10, connections: 50 });
});
