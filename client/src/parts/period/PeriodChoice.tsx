import { useMessages } from '../../language/messages.ts';
import { periodMessages } from './messages.ts';
import type { Periods } from './periods.ts';
import { usePeriodName } from './usePeriodName.ts';

interface PeriodChoiceProps {
  readonly periods: Periods;
  /** The period chosen; null for the whole campaign. */
  readonly period: string | null;
  readonly choose: (period: string | null) => void;
}

/** Chooses the whole campaign or a period of it; another one that the address names is kept among them. */
export function PeriodChoice({ periods, period, choose }: PeriodChoiceProps) {
  const m = useMessages(periodMessages);
  const groups = [
    [m.phases, periods.phases.map(({ code }) => code)],
    [m.months, periods.months],
    [m.quarters, periods.quarters],
  ] as const;
  const isOffered = groups.some(([, codes]) => codes.includes(period ?? ''));
  return (
    <label>
      {m.period}
      <select value={period ?? ''} onChange={({ target }) => choose(target.value || null)}>
        <option value="">{m.wholeCampaign}</option>
        {period && !isOffered && <PeriodOptions periods={periods} codes={[period]} />}
        {groups
          .filter(([, codes]) => codes.length > 0)
          .map(([name, codes]) => (
            <optgroup key={name} label={name}>
              <PeriodOptions periods={periods} codes={codes} />
            </optgroup>
          ))}
      </select>
    </label>
  );
}

interface PeriodOptionsProps {
  readonly periods: Periods;
  readonly codes: readonly string[];
}

/** Periods to choose among, by their names. */
export function PeriodOptions({ periods, codes }: PeriodOptionsProps) {
  const nameOf = usePeriodName(periods);
  return codes.map((code) => (
    <option key={code} value={code}>
      {nameOf(code)}
    </option>
  ));
}
