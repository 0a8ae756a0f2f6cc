import { useMessages } from '../../language/messages.ts';
import { useParams } from '../../url/useParams.ts';
import { targetMessages } from './messages.ts';
import { statuses, targetParams } from './place.ts';

/** Chooses the year and the result of the targets that are shown. */
export function Filters({ years }: { readonly years: readonly string[] }) {
  const m = useMessages(targetMessages);
  const [{ period, status }, set] = useParams(targetParams);
  const offered = period && !years.includes(period) ? [period, ...years] : years;
  return (
    <>
      <label>
        {m.year}
        <select
          value={period ?? ''}
          onChange={({ target }) => set({ period: target.value || null, after: null })}
        >
          <option value="">{m.anyYear}</option>
          {offered.map((year) => (
            <option key={year}>{year}</option>
          ))}
        </select>
      </label>
      <label>
        {m.status}
        <select
          value={status ?? ''}
          onChange={({ target }) =>
            set({ status: statuses.find((each) => each === target.value) ?? null, after: null })
          }
        >
          <option value="">{m.anyStatus}</option>
          {statuses.map((each) => (
            <option key={each} value={each}>
              {m.statuses[each]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
