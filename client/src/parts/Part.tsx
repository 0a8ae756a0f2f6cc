import type { ReactNode } from 'react';
import { causesOf, type Fault, faultsIn, isForbidden } from '../graph/faults.ts';
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
  /** What to say where there is none, and nothing went wrong. */
  readonly none?: string;
  /** Whether what is missing in it is said by parts of its own. */
  readonly hasParts?: boolean;
  readonly children: (value: NonNullable<Value>) => ReactNode;
}

/**
 * A part of a view that may be missing while the rest stands (docs/partial-data.md): drawn when it is there, also when
 * something in it is not; else a note why. What the asker may not see is not drawn.
 */
export function Part<Value>({ asked, at, value, name, none, hasParts, children }: PartProps<Value>) {
  if (value === null || value === undefined) {
    const causes = causesOf(asked.faults, at);
    const shown = causes.filter(isShown);
    if (shown.length > 0) return <Missing name={name} faults={shown} again={asked.again} />;
    if (causes.length > 0) return null;
    return none ? <p>{none}</p> : <Empty />;
  }
  const shown = (hasParts ? [] : faultsIn(asked.faults, at)).filter(isShown);
  return (
    <>
      {shown.length > 0 && <Missing name={name} isPart faults={shown} again={asked.again} />}
      {children(value)}
    </>
  );
}

const isShown = (fault: Fault): boolean => !isForbidden(fault);
