import { useState } from 'react';
import type { Asker } from '../../signIn/asker.ts';

const REMEMBERED = 'explorer:asker';

/** Gives who asks, the first of the list at first, and what chooses another by name: for as long as this tab is open. */
export function useAsker(askers: readonly Asker[]): [Asker | undefined, (name: string) => void] {
  const [name, setName] = useState(() => sessionStorage.getItem(REMEMBERED));
  const asker = askers.find((each) => each.name === name) ?? askers[0];
  const choose = (chosen: string) => {
    sessionStorage.setItem(REMEMBERED, chosen);
    setName(chosen);
  };
  return [asker, choose];
}
