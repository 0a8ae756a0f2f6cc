import type { Connection } from 'mongoose';
import type { ExplainedCommand } from '../../../server/explain.ts';
import type { SentCommand } from './commandWatch.ts';
import { explainRead } from './explainReads.ts';
import { choiceShape, filterShape, pipelineShape } from './shape.ts';

/**
 * Gives what an operation's commands did, without a value of theirs. Each read is done a second time by `explain`; writes
 * are only told of. Explaining goes on outside of what it explains: its own commands are counted nowhere.
 */
export const explainCommands = (
  connection: Connection,
  commands: readonly SentCommand[],
  signal: AbortSignal | undefined,
): Promise<ExplainedCommand[]> =>
  Promise.all(
    commands.map(async (sent) => {
      const reading = sent.returned === null ? null : await explainRead(connection, sent, signal);
      return {
        ...questionOf(sent),
        index: reading?.index ?? null,
        keysExamined: reading?.keysExamined ?? null,
        documentsExamined: reading?.documentsExamined ?? null,
        returned: sent.returned,
        getMores: sent.getMores,
        durationMs: Math.round(sent.durationMs * 100) / 100,
      };
    }),
  );

/** What a command asked: of which collection, what, in which order. */
function questionOf({
  name,
  body,
}: SentCommand): Pick<
  ExplainedCommand,
  'collection' | 'command' | 'filter' | 'pipeline' | 'sort' | 'projection'
> {
  const statement = [body.updates, body.deletes].find(Array.isArray)?.[0] as { q?: unknown } | undefined;
  const filter = body.filter ?? body.query ?? statement?.q;
  return {
    collection: collectionOf(name, body),
    command: name,
    filter: filter === undefined ? null : filterShape(filter),
    pipeline: body.pipeline === undefined ? null : pipelineShape(body.pipeline),
    sort: choiceShape(body.sort),
    projection: choiceShape(body.projection ?? body.fields),
  };
}

/** A pipeline on the whole database (`aggregate: 1`) reads the collection that it joins first. */
function collectionOf(name: string, body: SentCommand['body']): string | null {
  const named = body[name];
  if (typeof named === 'string') return named;
  const stages = Array.isArray(body.pipeline) ? (body.pipeline as { $lookup?: { from?: string } }[]) : [];
  return stages.find(({ $lookup }) => $lookup)?.$lookup?.from ?? null;
}
