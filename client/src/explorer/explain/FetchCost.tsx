import type { ExplainedCommand, ExplainedFetch } from './explanation.ts';
import { ms, orDash } from './written.ts';

interface FetchCostProps {
  readonly fetch: ExplainedFetch;
  /** The time of the whole operation, which the bar is drawn against. */
  readonly totalMs: number;
}

/** What one fetch cost: when it ran, what it brought, and the MongoDB commands that it caused. */
export function FetchCost({ fetch, totalMs }: FetchCostProps) {
  const { durationMs, startMs, bytes, representations } = fetch;
  const sent = representations ? `, ${representations.sent} of ${representations.planned} references` : '';
  return (
    <>
      <Bar fetch={fetch} totalMs={totalMs} />
      <div>{`${ms(durationMs)} from ${ms(startMs)}, ${bytes} bytes${sent}`}</div>
      {fetch.commands.map((command, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: commands have no names, and two of a fetch may be alike
        <Command key={index} command={command} />
      ))}
      <details>
        <summary>Operation</summary>
        <pre>{fetch.operation}</pre>
      </details>
    </>
  );
}

function Bar({ fetch, totalMs }: FetchCostProps) {
  const percent = (part: number) => `${Math.min(100, (100 * part) / Math.max(totalMs, 0.01))}%`;
  return (
    <div className="explain-time" aria-hidden>
      <div style={{ marginLeft: percent(fetch.startMs), width: percent(fetch.durationMs) }} />
    </div>
  );
}

const parts = ['filter', 'pipeline', 'sort', 'projection'] as const;

function Command({ command }: { readonly command: ExplainedCommand }) {
  const counts = [
    `index ${orDash(command.index)}`,
    `${orDash(command.keysExamined)} keys`,
    `${orDash(command.documentsExamined)} documents`,
    `${orDash(command.returned)} returned`,
    ...(command.getMores > 0 ? [`${command.getMores} more round trips`] : []),
    ms(command.durationMs),
  ];
  const given = parts.filter((part) => command[part] !== null);
  const question = Object.fromEntries(given.map((part) => [part, command[part]]));
  return (
    <details className="explain-command">
      <summary>
        <code>{`${orDash(command.collection)} ${command.command}`}</code>
        {` ${counts.join(', ')}`}
      </summary>
      <pre>{JSON.stringify(question, null, 2)}</pre>
    </details>
  );
}
