import { useSyncExternalStore } from 'react';
import type { Explanation } from './explanation.ts';
import { explanations } from './explanations.ts';
import { PlanNode } from './PlanNode.tsx';
import { ms } from './written.ts';

/** The panel of GraphiQL that shows what the last operation cost. */
export const explainPanel = { title: 'Explain', icon: Icon, content: Panel };

function Icon() {
  const bar = { height: 3, rx: 1, fill: 'currentColor' };
  return (
    <svg viewBox="0 0 20 20" aria-hidden>
      <rect x={2} y={3} width={8} {...bar} />
      <rect x={7} y={9} width={9} {...bar} />
      <rect x={12} y={15} width={6} {...bar} />
    </svg>
  );
}

function Panel() {
  const explanation = useSyncExternalStore(explanations.subscribe, explanations.latest);
  return (
    <section className="explain" aria-label="Explanation">
      <div className="graphiql-doc-explorer-title">Explain</div>
      <Switch />
      {explanation ? <Explained explanation={explanation} /> : <p>Switch it on and run an operation.</p>}
    </section>
  );
}

function Switch() {
  const checked = useSyncExternalStore(explanations.subscribe, explanations.isWanted);
  return (
    <label>
      <input type="checkbox" checked={checked} onChange={({ target }) => explanations.want(target.checked)} />{' '}
      Show what an operation costs (x-explain: 1)
    </label>
  );
}

function Explained({ explanation }: { readonly explanation: Explanation }) {
  const { totals, plan } = explanation;
  return (
    <>
      <Totals totals={totals} />
      {plan.tree && <PlanNode node={plan.tree} path="" explanation={explanation} />}
      <details>
        <summary>Query plan</summary>
        <pre>{plan.text}</pre>
      </details>
    </>
  );
}

function Totals({ totals }: { readonly totals: Explanation['totals'] }) {
  const rows = [
    ['Fetches', totals.fetches],
    ['Waves', totals.waves],
    ['MongoDB commands', totals.mongodbCommands],
    ['Documents examined', totals.documentsExamined],
    ['Rows', totals.rows],
    ['Documents per row', totals.documentsPerRow],
    ['Time', ms(totals.durationMs)],
  ] as const;
  return (
    <table className="explain-totals" aria-label="Totals">
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
