import { useMessages } from '../language/messages.ts';
import { type Identity, setIdentity } from './identity.ts';
import { signInMessages } from './messages.ts';
import { useAskers } from './useAskers.ts';

/** On a developer's machine: chooses as whom to ask, the first being whoever asks by default. */
export function AskerChoice({ identity }: { readonly identity: Identity | null }) {
  const m = useMessages(signInMessages);
  const askers = useAskers();
  if (askers.length === 0) return null;
  const choose = (name: string) => {
    const asker = askers.slice(1).find((each) => each.name === name);
    setIdentity(asker ? { asker } : null);
  };
  return (
    <label>
      {m.asker}
      <select
        value={identity && 'asker' in identity ? identity.asker.name : askers[0]?.name}
        disabled={identity !== null && 'token' in identity}
        onChange={({ target }) => choose(target.value)}
      >
        {askers.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
