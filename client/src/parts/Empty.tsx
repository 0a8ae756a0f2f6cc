import { useMessages } from '../language/messages.ts';
import { partMessages } from './messages.ts';

/** Says that there is nothing, where something could have been. */
export function Empty() {
  const m = useMessages(partMessages);
  return <p className="empty">{m.empty}</p>;
}
