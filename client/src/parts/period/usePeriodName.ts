import { useFormat } from '../../language/format.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { periodMessages } from './messages.ts';
import type { Periods } from './periods.ts';

/** Gives how a period of the choices is called; another one by its code. */
export function usePeriodName({ phases }: Periods): (period: string) => string {
  const m = useMessages(periodMessages);
  const text = useText();
  const format = useFormat();
  return (period) => {
    const phase = phases.find(({ code }) => code === period);
    if (phase) return text(phase.name);
    const [year = '', part = ''] = period.split('-');
    if (/^Q\d$/u.test(part)) return m.quarter(part.slice(1), year);
    return /^\d{4}-\d{2}$/u.test(period) ? format.month(period) : period;
  };
}
