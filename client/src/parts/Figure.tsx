import type { ReactNode } from 'react';
import { useMessages } from '../language/messages.ts';
import { partMessages } from './messages.ts';
import { SUPPRESSED } from './suppressed.ts';

/** A number that is not shown because it counts too few people: drawn as such, never as 0. */
export function Suppressed() {
  const m = useMessages(partMessages);
  return (
    <span className="suppressed" title={m.suppressedWhy}>
      {m.suppressed}
      <span className="hidden"> {m.suppressedWhy}</span>
    </span>
  );
}

/** One number, and what makes it understood. */
export interface FigureProps {
  readonly name: string;
  readonly value: ReactNode | typeof SUPPRESSED;
  /** What makes the number understood: a share, a unit of measure. */
  readonly note?: ReactNode;
}

/** One number that a person reads from afar, with its name. Stands in a `<dl className="figures">`. */
export function Figure({ name, value, note }: FigureProps) {
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <span className="value">{value === SUPPRESSED ? <Suppressed /> : value}</span>
        {note && <span className="quiet">{note}</span>}
      </dd>
    </div>
  );
}
