import type { AwardStatus } from '../../graph/operations.generated.ts';
import { useText } from '../../language/language.ts';
import { useMessages } from '../../language/messages.ts';
import { useParams } from '../../url/useParams.ts';
import { awardFilters, awardStatuses } from './filters.ts';
import type { Form } from './Gazette.tsx';
import { awardMessages } from './messages.ts';

/** Chooses the form and the state of the awards; a form that only the address names is kept among them. */
export function GazetteChoices({ forms }: { readonly forms: readonly Form[] }) {
  const m = useMessages(awardMessages);
  const text = useText();
  const [{ form, status }, set] = useParams(awardFilters);
  return (
    <>
      <label>
        {m.form}
        <select
          value={form ?? ''}
          onChange={(event) => set({ form: event.target.value || null, after: null })}
        >
          <option value="">{m.allForms}</option>
          {form && !forms.some(({ code }) => code === form) && <option value={form}>{form}</option>}
          {forms.map(({ code, name }) => (
            <option key={code} value={code}>
              {text(name)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {m.state}
        <select
          value={status ?? ''}
          onChange={(event) =>
            set({ status: (event.target.value || null) as AwardStatus | null, after: null })
          }
        >
          <option value="">{m.allStatuses}</option>
          {awardStatuses.map((each) => (
            <option key={each} value={each}>
              {m.statuses[each]}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
