import type { Readiness } from '../server/health.ts';
import type { Way } from './carrier/carrier.ts';

const PROBE_MS = 1_000;
const GRACE_MS = 30_000;

export interface ReadinessOptions {
  readonly ways: () => ReadonlyMap<string, Way>;
  /** What is shown beside; it does not decide. */
  readonly details?: (() => Promise<object>) | undefined;
  readonly graceMs?: number;
}

/**
 * Gives the readiness of a gateway: ready once each subgraph has answered, or half a minute has passed. Then it stays
 * ready when one dies, because the rest of the graph still answers; the body says which are up.
 */
export function gatewayReadiness({
  ways,
  details,
  graceMs = GRACE_MS,
}: ReadinessOptions): () => Promise<Readiness> {
  const patience = performance.now() + graceMs;
  const answered = new Set<string>();
  return async () => {
    const probes = await Promise.all(
      [...ways()].map(async ([name, way]) => [name, await isUp(way)] as const),
    );
    for (const [name, up] of probes) if (up) answered.add(name);
    const subgraphs = Object.fromEntries(probes.map(([name, up]) => [name, up ? 'up' : 'down'] as const));
    const ready = performance.now() >= patience || probes.every(([name]) => answered.has(name));
    return {
      ready,
      ...(ready ? {} : { reason: 'waiting for the first answer of each subgraph' }),
      subgraphs,
      ...(details ? { details: await details() } : {}),
    };
  };
}

async function isUp(way: Way): Promise<boolean> {
  try {
    return await way.alive(AbortSignal.timeout(PROBE_MS));
  } catch {
    return false;
  }
}
