import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import type { Asker } from '../signIn/asker.ts';
import { AskerChoice } from './askers/AskerChoice.tsx';
import { useAsker } from './askers/useAsker.ts';
import { ExampleChoice } from './examples/ExampleChoice.tsx';
import type { Example } from './examples/example.ts';
import { explainPanel } from './explain/ExplainPanel.tsx';
import { fetcherOf } from './fetcher.ts';

interface ExplorerProps {
  readonly examples: readonly Example[];
  readonly askers: readonly Asker[];
}

const panels = [explainPanel];

/**
 * Gives what GraphiQL starts on when it is opened first; later it is on what was left. It takes the operation of the tab,
 * and its variables only when they are given besides.
 */
function startOn(example: Example | undefined) {
  if (!example || localStorage.getItem('graphiql:tabState') !== null) return {};
  return { defaultTabs: [example], variables: example.variables ?? '' };
}

/** GraphiQL on the named operations, with a choice of who asks where there is one, and what an operation costs. */
export function Explorer({ examples, askers }: ExplorerProps) {
  const [asker, choose] = useAsker(askers);
  // GraphiQL reads the schema anew with each new fetcher: askers may see different ones.
  const fetcher = useMemo(() => fetcherOf(asker), [asker]);
  const [start] = useState(() => startOn(examples[0]));
  return (
    <GraphiQL fetcher={fetcher} plugins={panels} shouldPersistHeaders={false} {...start}>
      <GraphiQL.Logo>
        {examples.length > 0 && <ExampleChoice examples={examples} />}
        {askers.length > 0 && <AskerChoice askers={askers} asker={asker} choose={choose} />}
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
