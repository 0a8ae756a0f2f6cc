import DataLoader from 'dataloader';
import type { Model } from 'mongoose';
import { perKey } from './perKey.ts';
import { under } from './subtree.ts';

export interface CountUnder {
  // biome-ignore lint/suspicious/noExplicitAny: only the path field is read
  readonly model: Model<any>;
  /** The field that holds a materialised path; an index begins with it. */
  readonly path: string;
  readonly signal?: AbortSignal | undefined;
}

/** Makes the loader of how many records stand at or under paths: all paths of a tick by one command. */
export function countUnder({ model, path, signal }: CountUnder): (top: string) => Promise<number> {
  const loader = new DataLoader<string, number>(async (tops) => {
    const found = await perKey<{ n: number }>({
      model,
      keys: tops.map((top) => {
        const { $gte: from, $lt: before } = under(top);
        return { key: top, from, before };
      }),
      variables: { from: 'from', before: 'before' },
      pipeline: [
        {
          $match: { $expr: { $and: [{ $gte: [`$${path}`, '$$from'] }, { $lt: [`$${path}`, '$$before'] }] } },
        },
        { $count: 'n' },
      ],
      signal,
    });
    return tops.map((top) => found.get(top)?.[0]?.n ?? 0);
  });
  return (top) => loader.load(top);
}
