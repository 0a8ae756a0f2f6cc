import { useFormat } from '../language/format.ts';
import { useMessages } from '../language/messages.ts';
import { today } from '../language/today.ts';
import { partMessages } from './messages.ts';

/** The most days that are offered by a button; any other can be typed. */
const MOST = 4;

interface DayChoiceProps {
  /** The day chosen; null for today. */
  readonly day: string | null;
  /** Days on which what is shown began or ended, in any order and as often as they come; those to come are not offered. */
  readonly days: readonly string[];
  readonly choose: (day: string | null) => void;
}

/** Chooses the day that units are seen on: one on which they changed, today, or any other. */
export function DayChoice({ day, days, choose }: DayChoiceProps) {
  const m = useMessages(partMessages);
  const format = useFormat();
  const past = [...new Set(days)].filter((each) => each < today()).toSorted();
  const offered = [...new Set([...past.slice(-MOST), ...(day ? [day] : [])])].toSorted();
  return (
    <>
      <fieldset className="switch">
        <legend>{m.day}</legend>
        {offered.map((each) => (
          <button key={each} type="button" aria-pressed={day === each} onClick={() => choose(each)}>
            {format.day(each)}
          </button>
        ))}
        <button type="button" aria-pressed={day === null} onClick={() => choose(null)}>
          {m.today}
        </button>
      </fieldset>
      <label>
        {m.otherDay}
        <input
          type="date"
          value={day ?? today()}
          onChange={({ target }) => target.value && choose(target.value === today() ? null : target.value)}
        />
      </label>
    </>
  );
}
