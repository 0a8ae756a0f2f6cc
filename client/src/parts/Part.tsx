import type { ReactNode } from 'react';
import { faultsAt, faultsIn, isForbidden } from '../graph/faults.ts';
import type { Asked } from '../graph/useOperation.ts';
import { Empty } from './Empty.tsx';
import { Missing } from './Missing.tsx';

interface PartProps<Value> {
  readonly asked: Asked<unknown>;
  /** Where in the answer the value stands: `campaign.awardSummary`. */
  readonly at: string;
  readonly value: Value | null | undefined;
  /** What it is, by its heading. */
  readonly name: string;
  readonly children: (value: NonNullable<Value>) => ReactNode;
}

/**
 * A part of a view that may be missing while the rest stands (docs/partial-data.md): drawn when it is there, also when
 * something in it is not; else a note why. What the asker may not see is not drawn.
 */
export function Part<Value>({ asked, at, value, name, children }: PartProps<Value>) {
  const isThere = value !== null && value !== undefined;
  const faults = isThere ? faultsIn(asked.faults, at) : faultsAt(asked.faults, at);
  const shown = faults.filter((fault) => !isForbidden(fault));
  if (!isThere) {
    if (shown.length > 0) return <Missing name={name} faults={shown} again={asked.again} />;
    return faults.length > 0 ? null : <Empty />;
  }
  return (
    <>
      {shown.length > 0 && <Missing name={name} faults={shown} again={asked.again} />}
      {children(value)}
    </>
  );
}
