import type { QueryPlan } from '@apollo/query-planner';
import type { FormattedExecutionResult } from 'graphql';
import type {
  BegunFetch,
  ExplainedAnswer,
  ExplainedFetch,
  Explanation,
  Recorder,
} from '../../server/explain.ts';
import { Clock } from './clock.ts';
import { hideLiterals } from './hideLiterals.ts';
import { shownPlan, wavesOf } from './plan.ts';
import { totalsOf } from './totals.ts';

type Answered = Pick<ExplainedFetch, 'durationMs' | 'bytes' | 'commands'>;

interface Noted {
  readonly begun: BegunFetch;
  readonly startMs: number;
  /** A fetch that gave no answer has none. */
  answered?: Answered;
}

/** Gives what notes one explained request, from now on. */
export function createRecorder(): Recorder {
  const clock = new Clock();
  const fetches: Noted[] = [];
  let plan: QueryPlan = { kind: 'QueryPlan' };
  return {
    plan: (resolved) => {
      plan = resolved as QueryPlan;
    },
    fetch: (begun) => {
      const span = clock.begin();
      const noted: Noted = { begun, startMs: span.startMs };
      fetches.push(noted);
      return (answer) => {
        const explained = explainedOf(answer);
        const durationMs = round(span.end(explained?.explainingMs ?? 0));
        noted.answered = { durationMs, bytes: bytesOf(answer), commands: explained?.commands ?? [] };
      };
    },
    explain: (data) => {
      const durationMs = round(clock.now());
      const made = new Set(fetches.map(({ begun }) => keyOf(begun)));
      const shown = fetches.map((noted) => shownFetch(noted, durationMs));
      const waves = wavesOf(plan, (fetch) => made.has(keyOf(fetch)));
      const explanation: Explanation = {
        totals: totalsOf({ fetches: shown, waves, data, durationMs }),
        plan: shownPlan(plan),
        fetches: shown,
      };
      return explanation;
    },
  };
}

const keyOf = ({ subgraph, path, operation }: Pick<BegunFetch, 'subgraph' | 'path' | 'operation'>): string =>
  `${subgraph}\n${path}\n${operation}`;

const explainedOf = ({ extensions }: FormattedExecutionResult): ExplainedAnswer | undefined =>
  extensions?.explain as ExplainedAnswer | undefined;

/** The answer's size without what explaining has added. */
const bytesOf = ({ data, errors }: FormattedExecutionResult): number =>
  Buffer.byteLength(JSON.stringify({ data, errors }));

const round = (milliseconds: number): number => Math.round(milliseconds * 100) / 100;

function shownFetch({ begun, startMs, answered }: Noted, untilMs: number): ExplainedFetch {
  const start = round(startMs);
  return {
    subgraph: begun.subgraph,
    path: begun.path,
    startMs: start,
    ...(answered ?? { durationMs: round(untilMs - start), bytes: 0, commands: [] }),
    representations: begun.representations,
    operation: hideLiterals(begun.operation),
  };
}
