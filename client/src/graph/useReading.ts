import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { useContext } from 'react';
import { GraphContext, questionOf } from './graph.ts';

/** Gives the way to ask a named operation when something is chosen, once, and not while the view is drawn; null for no answer. */
export function useReading<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
): (variables: Variables) => Promise<Data | null> {
  const graph = useContext(GraphContext);
  if (!graph) throw new Error('useReading needs a GraphContext around it');
  return async (variables) => (await graph.read(questionOf(document, variables))).data as Data | null;
}
