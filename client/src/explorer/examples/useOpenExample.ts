import { useEditorContext } from '@graphiql/react';
import { flushSync } from 'react-dom';
import type { Example } from './example.ts';

/** Gives what opens an example: in the tab that has it already, or else in a new one, so that nothing typed is lost. */
export function useOpenExample(): (example: Example) => void {
  const editors = useEditorContext({ nonNull: true });
  return ({ query, variables, headers }) => {
    const open = editors.tabs.findIndex((tab) => tab.query === query);
    if (open !== -1) return editors.changeTab(open);
    // A new tab empties the editors when it is drawn; what stands in them then is the tab's.
    flushSync(editors.addTab);
    editors.headerEditor?.setValue(headers ?? '');
    editors.variableEditor?.setValue(variables ?? '');
    editors.queryEditor?.setValue(query);
  };
}
