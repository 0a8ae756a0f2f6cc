// Runs in the browser: opens GraphiQL on the named examples, one tab each.
/* global React, ReactDOM, GraphiQL */
const examples = await (await fetch('/explorer/examples.json')).json();
const fetcher = GraphiQL.createFetcher({ url: '/graphql' });
const defaultTabs = examples.map(({ query, variables }) => ({ query, variables, headers: null }));

ReactDOM.createRoot(document.getElementById('explorer')).render(
  React.createElement(GraphiQL, { fetcher, defaultTabs, shouldPersistHeaders: false }),
);
