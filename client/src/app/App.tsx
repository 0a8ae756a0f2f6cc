import { useLayoutEffect, useMemo } from 'react';
import { Graph, GraphContext } from '../graph/graph.ts';
import { languageNow, useLanguage } from '../language/language.ts';
import { headersOf, identityOf, useKeptIdentity } from '../signIn/identity.ts';
import { useTheme } from '../theme/theme.ts';
import { Page } from './Page.tsx';
import { Shell } from './Shell.tsx';

/** The dashboard: a graph to ask as whoever is signed in, and around every view the same shell. */
export function App() {
  const language = useLanguage();
  const theme = useTheme();
  const identity = useKeptIdentity();
  // Whoever signs in or out sees nothing of what was answered to another.
  const graph = useMemo(() => {
    const headers = headersOf(identityOf(identity));
    return new Graph(() => ({ 'accept-language': languageNow(), ...headers }));
  }, [identity]);
  // Before any plot reads its colours from the page.
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset.theme = theme;
  }, [language, theme]);
  return (
    <GraphContext.Provider value={graph}>
      <Shell>
        <Page />
      </Shell>
    </GraphContext.Provider>
  );
}
