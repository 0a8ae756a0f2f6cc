import { useSyncExternalStore } from 'react';
import { optionalChoice } from '../url/params.ts';
import { useParams } from '../url/useParams.ts';

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The theme is a part of the address; without one it is the system's. */
export const themeParam = { theme: optionalChoice(themes) };

const dark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  const query = dark();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Gives the theme of the page. */
export function useTheme(): Theme {
  const [{ theme }] = useParams(themeParam);
  const system = useSyncExternalStore(subscribe, () => (dark().matches ? 'dark' : 'light'));
  return theme ?? system;
}
