import type { Asker } from '../../signIn/asker.ts';

interface AskerChoiceProps {
  readonly askers: readonly Asker[];
  readonly asker: Asker | undefined;
  readonly choose: (name: string) => void;
}

/** The choice of who asks. */
export function AskerChoice({ askers, asker, choose }: AskerChoiceProps) {
  return (
    <label className="asker">
      Ask as{' '}
      <select value={asker?.name} onChange={({ target }) => choose(target.value)}>
        {askers.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
