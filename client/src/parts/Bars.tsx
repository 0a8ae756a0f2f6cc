import type { ReactNode } from 'react';
import { useFormat } from '../language/format.ts';
import { shareOf } from './share.ts';

/** One bar: a name, a number, and what else there is to say of it. */
export interface Bar {
  readonly key: string;
  readonly name: string;
  readonly value: number;
  readonly note?: ReactNode;
}

interface BarsProps {
  readonly label: string;
  readonly bars: readonly Bar[];
}

/** Stages one below the other, each as long as its number; the numbers stand beside the bars, for everyone to read. */
export function Bars({ label, bars }: BarsProps) {
  const format = useFormat();
  const most = Math.max(...bars.map(({ value }) => value));
  return (
    <ul className="bars" aria-label={label}>
      {bars.map(({ key, name, value, note }) => (
        <li key={key}>
          <span>{name}</span>{' '}
          <span className="bar" aria-hidden="true">
            <span style={{ width: `${100 * (shareOf(value, most) ?? 0)}%` }} />
          </span>
          <strong>{format.number(value)}</strong> {note && <span className="quiet">{note}</span>}
        </li>
      ))}
    </ul>
  );
}
