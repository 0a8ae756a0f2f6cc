import { useFormat } from '../../language/format.ts';
import { useMessages } from '../../language/messages.ts';
import { months } from '../../parts/periods.ts';
import { useParams } from '../../url/useParams.ts';
import { reportFilters } from './filters.ts';
import { reportMessages } from './messages.ts';

/** Chooses the month; another period that the address names is kept among them. */
export function PeriodChoice() {
  const m = useMessages(reportMessages);
  const format = useFormat();
  const [{ period }, set] = useParams(reportFilters);
  const offered = months.includes(period) ? months : [period, ...months];
  return (
    <label>
      {m.period}
      <select
        value={period}
        onChange={(event) => set({ period: event.target.value, after: null, afterMissing: null })}
      >
        {offered.map((each) => (
          <option key={each} value={each}>
            {months.includes(each) ? format.month(each) : each}
          </option>
        ))}
      </select>
    </label>
  );
}
