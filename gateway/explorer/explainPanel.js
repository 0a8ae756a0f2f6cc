// Runs in the browser: the panel that shows what the last operation cost.
/* global React */
import { explanations } from './explainFetch.js';

const h = React.createElement;
const use = (read) => React.useSyncExternalStore(explanations.subscribe, read);
const ms = (milliseconds) => `${milliseconds.toFixed(1)} ms`;
const orDash = (value) => value ?? '–';

/** A plugin of GraphiQL. */
export const explainPlugin = { title: 'Explain', icon: Icon, content: Panel };

function Icon() {
  const bar = (y, x, width) => h('rect', { key: y, x, y, width, height: 3, rx: 1, fill: 'currentColor' });
  return h('svg', { viewBox: '0 0 20 20', 'aria-hidden': true }, bar(3, 2, 8), bar(9, 7, 9), bar(15, 12, 6));
}

function Panel() {
  const explain = use(explanations.latest);
  return h(
    'section',
    { className: 'explain', 'aria-label': 'Explanation' },
    h('div', { className: 'graphiql-doc-explorer-title' }, 'Explain'),
    h(Switch),
    explain ? h(Explanation, { explain }) : h('p', null, 'Switch it on and run an operation.'),
  );
}

function Switch() {
  const checked = use(explanations.isWanted);
  const onChange = ({ target }) => explanations.want(target.checked);
  const box = h('input', { type: 'checkbox', checked, onChange });
  return h('label', null, box, ' Show what an operation costs (x-explain: 1)');
}

function Explanation({ explain }) {
  return h(
    React.Fragment,
    null,
    h(Totals, { totals: explain.totals }),
    explain.plan.tree && h(PlanNode, { node: explain.plan.tree, path: '', explain }),
    h('details', null, h('summary', null, 'Query plan'), h('pre', null, explain.plan.text)),
  );
}

function Totals({ totals }) {
  const rows = [
    ['Fetches', totals.fetches],
    ['Waves', totals.waves],
    ['MongoDB commands', totals.mongodbCommands],
    ['Documents examined', totals.documentsExamined],
    ['Rows', totals.rows],
    ['Documents per row', totals.documentsPerRow],
    ['Time', ms(totals.durationMs)],
  ];
  const row = ([name, value]) =>
    h('tr', { key: name }, h('th', { scope: 'row' }, name), h('td', null, value));
  return h('table', { className: 'explain-totals', 'aria-label': 'Totals' }, h('tbody', null, rows.map(row)));
}

const titles = { Sequence: 'one after the other', Parallel: 'at the same time', Condition: 'if asked' };

function PlanNode({ node, path, explain }) {
  if (node.kind === 'Fetch') return h(Fetch, { node, path, explain });
  if (node.kind === 'Flatten') {
    return h(PlanNode, { node: node.node, path: [path, node.path].filter(Boolean).join('.'), explain });
  }
  const nodes = node.nodes.map((each, index) =>
    h('li', { key: index }, h(PlanNode, { node: each, path, explain })),
  );
  return h('div', { className: 'explain-node' }, h('span', null, titles[node.kind]), h('ul', null, nodes));
}

function Fetch({ node, path, explain }) {
  const made = explain.fetches.find(
    (fetch) => fetch.subgraph === node.subgraph && fetch.path === path && fetch.operation === node.operation,
  );
  const name = h('strong', null, node.subgraph, path && ` · ${path}`);
  if (!made) return h('div', { className: 'explain-fetch' }, name, ' not needed');
  const { representations } = made;
  const sent = representations ? `, ${representations.sent} of ${representations.planned} references` : '';
  return h(
    'div',
    { className: 'explain-fetch' },
    name,
    h(Bar, { fetch: made, totalMs: explain.totals.durationMs }),
    h('div', null, `${ms(made.durationMs)} from ${ms(made.startMs)}, ${made.bytes} bytes${sent}`),
    made.commands.map((command, index) => h(Command, { key: index, command })),
    h('details', null, h('summary', null, 'Operation'), h('pre', null, made.operation)),
  );
}

function Bar({ fetch, totalMs }) {
  const percent = (part) => `${Math.min(100, (100 * part) / Math.max(totalMs, 0.01))}%`;
  const style = { marginLeft: percent(fetch.startMs), width: percent(fetch.durationMs) };
  return h('div', { className: 'explain-time', 'aria-hidden': true }, h('div', { style }));
}

function Command({ command }) {
  const { collection, keysExamined, documentsExamined, returned, getMores } = command;
  const counts = [
    `index ${orDash(command.index)}`,
    `${orDash(keysExamined)} keys`,
    `${orDash(documentsExamined)} documents`,
    `${orDash(returned)} returned`,
    ...(getMores > 0 ? [`${getMores} more round trips`] : []),
    ms(command.durationMs),
  ];
  const parts = ['filter', 'pipeline', 'sort', 'projection'].filter((part) => command[part] !== null);
  const question = Object.fromEntries(parts.map((part) => [part, command[part]]));
  return h(
    'details',
    { className: 'explain-command' },
    h('summary', null, h('code', null, `${orDash(collection)} ${command.command}`), ` ${counts.join(', ')}`),
    h('pre', null, JSON.stringify(question, null, 2)),
  );
}
