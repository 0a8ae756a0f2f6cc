import { useFormat } from '../language/format.ts';
import { useMessages } from '../language/messages.ts';
import { today } from '../language/today.ts';
import { partMessages } from './messages.ts';

/** The campaign of 2021 was launched on that day, when there were still districts. */
const THEN = '2021-08-15';

interface DayChoiceProps {
  /** The day chosen; null for today. */
  readonly day: string | null;
  readonly choose: (day: string | null) => void;
}

/** Chooses the day that the tree of units is seen on: in the campaign of 2021, today, or any other. */
export function DayChoice({ day, choose }: DayChoiceProps) {
  const m = useMessages(partMessages);
  const format = useFormat();
  return (
    <>
      <fieldset className="switch">
        <legend>{m.day}</legend>
        <button type="button" aria-pressed={day === THEN} onClick={() => choose(THEN)}>
          {format.day(THEN)}
        </button>
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
