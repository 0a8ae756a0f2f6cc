import type { Fault } from '../graph/faults.ts';
import { useMessages } from '../language/messages.ts';
import { setIdentity } from '../signIn/identity.ts';
import { partMessages } from './messages.ts';
import { whyOf } from './why.ts';

interface MissingProps {
  /** What is missing, by its heading; left out for a whole view. */
  readonly name?: string;
  /** Whether only a part of it is missing. */
  readonly isPart?: boolean;
  readonly faults: readonly Fault[];
  readonly again: () => void;
}

/** A quiet note of what is missing and why, with the way to ask again where that may help. */
export function Missing({ name, isPart, faults, again }: MissingProps) {
  const m = useMessages(partMessages);
  const reasons = [...new Set(faults.map((fault) => m.why[whyOf(fault)]))];
  const ids = [...new Set(faults.map(({ requestId }) => requestId))].filter((id) => id !== null);
  return (
    <div className="missing" role="status">
      <p>
        {name ? (isPart ? m.incomplete(name) : m.partOf(name)) : m.whole}: {reasons.join(' ') || m.why.other}
      </p>
      {ids.map((id) => (
        <p key={id} className="quiet">
          {m.requestId(id)}
        </p>
      ))}
      {faults.some(({ code }) => code === 'UNAUTHENTICATED') && (
        <button type="button" onClick={() => setIdentity(null)}>
          {m.signOut}
        </button>
      )}
      {faults.some(({ retryable }) => retryable) && (
        <button type="button" onClick={again}>
          {m.again}
        </button>
      )}
    </div>
  );
}
