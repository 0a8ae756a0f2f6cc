import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until a program serves its pages. @throws when they are not built within a minute. */
export async function pagesBuilt(url: string): Promise<void> {
  for (let waited = 0; waited < 300; waited += 1) {
    const { ok } = await fetch(`${url}/dashboard/`);
    if (ok) return;
    await sleep(200);
  }
  throw new Error('The pages were not built within a minute.');
}
