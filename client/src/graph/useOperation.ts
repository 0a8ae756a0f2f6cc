import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useContext, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import type { Fault } from './faults.ts';
import { GraphContext, questionOf } from './graph.ts';

/** An operation as a view sees it. */
export interface Asked<Data> {
  /** The answer, also in part; undefined until there is one, null where the whole failed. */
  readonly data: Data | null | undefined;
  /** What is missing in it, and why. */
  readonly faults: readonly Fault[];
  /** When the answer came; null until there is one. */
  readonly at: string | null;
  /** Whether it is being asked; `data` is meanwhile that of the question before. */
  readonly loading: boolean;
  readonly again: () => void;
}

/** Asks a named operation with variables, and gives its answer. Two that ask the same share one request. */
export function useOperation<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Asked<Data> {
  const graph = useContext(GraphContext);
  if (!graph) throw new Error('useOperation needs a GraphContext around it');
  const written = JSON.stringify(variables);
  const question = useMemo(() => questionOf(document, JSON.parse(written) as Variables), [document, written]);
  const answer = useSyncExternalStore(graph.subscribe, () => graph.answerTo(question));
  const asking = useSyncExternalStore(graph.subscribe, () => graph.isAsking(question));
  useEffect(() => graph.ask(question), [graph, question]);
  // While another question is asked, the answer before stays; not that of another person.
  const last = useRef({ graph, answer });
  if (answer || last.current.graph !== graph) last.current = { graph, answer };
  const known = last.current.answer;
  return {
    data: known?.data as Data | null | undefined,
    faults: known?.faults ?? [],
    at: known?.at ?? null,
    loading: asking || !answer,
    again: () => graph.askAgain(question),
  };
}
