// Runs in the browser: opens GraphiQL on the named examples, one tab each, with a switch for who asks.
/* global React, ReactDOM, GraphiQL */
import { explainingFetch } from './explainFetch.js';
import { explainPlugin } from './explainPanel.js';

const read = async (name) => (await fetch(`/explorer/${name}`)).json();
const [examples, askers] = await Promise.all([read('examples.json'), read('askers.json')]);
const defaultTabs = examples.map(({ query, variables, headers }) => ({ query, variables, headers }));
const { createElement: element, useMemo, useState } = React;
const REMEMBERED = 'explorer:asker';
const plugins = [explainPlugin];

// Whoever typed who asks into the headers of a tab asks as that.
const credentials = new Set(['authorization', 'x-api-key', 'x-demo-viewer']);
const saysWhoAsks = (headers) => Object.keys(headers).some((name) => credentials.has(name.toLowerCase()));

const fetcherOf = (asker) => {
  const send = GraphiQL.createFetcher({ url: '/graphql', fetch: explainingFetch });
  return ({ query, operationName, ...rest }, options = {}) => {
    // For a moment after a change of tabs GraphiQL still sends the name of the tab before.
    const hasIt = new RegExp(`\\b(query|mutation)\\s+${operationName}\\b`, 'u').test(query);
    const typed = options.headers ?? {};
    const headers = saysWhoAsks(typed) ? typed : { ...asker?.headers, ...typed };
    return send(hasIt ? { query, operationName, ...rest } : { query, ...rest }, { ...options, headers });
  };
};

const Switch = ({ asker, choose }) =>
  element(
    'label',
    { className: 'asker' },
    'Ask as ',
    element(
      'select',
      { value: asker?.name, onChange: ({ target }) => choose(target.value) },
      askers.map(({ name }) => element('option', { key: name, value: name }, name)),
    ),
  );

const Explorer = () => {
  const [name, setName] = useState(sessionStorage.getItem(REMEMBERED));
  const asker = askers.find((each) => each.name === name) ?? askers[0];
  const choose = (chosen) => {
    sessionStorage.setItem(REMEMBERED, chosen);
    setName(chosen);
  };
  // GraphiQL reads the schema anew with each new fetcher: askers may see different ones.
  const fetcher = useMemo(() => fetcherOf(asker), [asker]);
  const logo = element(GraphiQL.Logo, null, askers.length > 0 && element(Switch, { asker, choose }));
  return element(GraphiQL, { fetcher, defaultTabs, plugins, shouldPersistHeaders: false }, logo);
};

ReactDOM.createRoot(document.getElementById('explorer')).render(element(Explorer));
