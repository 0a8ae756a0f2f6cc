import { useEffect, useState } from 'react';
import { BASE } from '../url/place.ts';
import type { Asker } from './asker.ts';

/** Gives whom a developer can ask as; none where requests need credentials, or as long as they are not known. */
export function useAskers(): readonly Asker[] {
  const [askers, setAskers] = useState<readonly Asker[]>([]);
  useEffect(() => {
    let isHere = true;
    const read = async () => {
      const response = await fetch(`${BASE}/askers.json`);
      const found = response.ok ? ((await response.json()) as Asker[]) : [];
      if (isHere) setAskers(found);
    };
    // Without them one signs in by a token.
    read().catch(() => {});
    return () => {
      isHere = false;
    };
  }, []);
  return askers;
}
