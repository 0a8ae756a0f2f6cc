import { type FormEvent, useRef, useState } from 'react';
import { whoAmI } from '../graph/operations.generated.ts';
import { useOperation } from '../graph/useOperation.ts';
import { useText } from '../language/language.ts';
import { useMessages } from '../language/messages.ts';
import { Loading } from '../parts/Loading.tsx';
import { Missing } from '../parts/Missing.tsx';
import { AskerChoice } from './AskerChoice.tsx';
import { identityOf, setIdentity, useKeptIdentity } from './identity.ts';
import { signInMessages } from './messages.ts';

/** Says who asks, and lets a person ask with a token of their own, a developer also as a demo asker. The graph is asked only when this is opened. */
export function SignIn() {
  const m = useMessages(signInMessages);
  const identity = identityOf(useKeptIdentity());
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  const close = () => dialog.current?.close();
  return (
    <>
      <button type="button" onClick={show}>
        {identity ? m.signedIn : m.signIn}
      </button>
      <dialog ref={dialog} onClose={() => setOpen(false)} aria-labelledby="sign-in-title">
        <h2 id="sign-in-title">{m.signedIn}</h2>
        {open && <Asker />}
        {open && <AskerChoice identity={identity} />}
        <TokenForm />
        <div className="tools">
          {identity && (
            <button type="button" onClick={() => setIdentity(null)}>
              {m.signOut}
            </button>
          )}
          <button type="button" onClick={close}>
            {m.close}
          </button>
        </div>
      </dialog>
    </>
  );
}

function Asker() {
  const m = useMessages(signInMessages);
  const text = useText();
  const { data, faults, again } = useOperation(whoAmI, {});
  if (data === undefined) return <Loading />;
  if (!data?.viewer) return <Missing faults={faults} again={again} />;
  const { subject, role, unit } = data.viewer;
  return (
    <p>
      {m.askedAs} <strong>{m.roles[role]}</strong> ({subject}){unit && <> · {text(unit.name)}</>}
    </p>
  );
}

function TokenForm() {
  const m = useMessages(signInMessages);
  const [typed, setTyped] = useState('');
  const use = (event: FormEvent) => {
    event.preventDefault();
    setIdentity(typed.trim() ? { token: typed.trim() } : null);
    setTyped('');
  };
  return (
    <form onSubmit={use}>
      <label>
        {m.token}
        <textarea
          value={typed}
          rows={4}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <p className="quiet">{m.tokenHelp}</p>
      <button type="submit">{m.use}</button>
    </form>
  );
}
