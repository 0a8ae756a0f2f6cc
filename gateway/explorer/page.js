// Runs in the browser: opens GraphiQL on the named examples, one tab each.
/* global React, ReactDOM, GraphiQL */
import { explainingFetch } from './explainFetch.js';
import { explainPlugin } from './explainPanel.js';

const examples = await (await fetch('/explorer/examples.json')).json();
const defaultTabs = examples.map(({ query, variables, headers }) => ({ query, variables, headers }));
const send = GraphiQL.createFetcher({ url: '/graphql', fetch: explainingFetch });

// For a moment after a change of tabs GraphiQL still sends the name of the tab before.
const fetcher = ({ query, operationName, ...rest }, options) => {
  const hasIt = new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`, 'u').test(query);
  return send(hasIt ? { query, operationName, ...rest } : { query, ...rest }, options);
};

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs,
    plugins: [explainPlugin],
    shouldPersistHeaders: false,
  }),
);
