import type { Connection } from 'mongoose';
import type { ExplainedAnswer } from '../server/explain.ts';
import { CommandWatch } from './records/explain/commandWatch.ts';
import { explainCommands } from './records/explain/explainCommands.ts';
import type { Door } from './subgraph.ts';

type Answer = Door['ask'];

/**
 * Gives what answers explained operations: as the door does, over a connection of its own on which the driver reports
 * every command, opened when the first one is asked. The others pay nothing for it: monitoring makes the driver read
 * each answer twice.
 */
export function explainedDoor(
  open: () => Promise<Connection>,
  answerOver: (connection: Connection) => Answer,
): Answer {
  let opened: Promise<Answer> | undefined;
  return async (request) => {
    opened ??= open().then((connection) => explaining(connection, answerOver(connection)));
    // A database that could not be reached may be there the next time.
    opened.catch(() => {
      opened = undefined;
    });
    return (await opened)(request);
  };
}

function explaining(connection: Connection, answer: Answer): Answer {
  const watched = new CommandWatch(connection);
  return async (request) => {
    const { result, commands: sent } = await watched.watch(() => answer(request));
    const begun = performance.now();
    const commands = await explainCommands(connection, sent, request.signal);
    const explain: ExplainedAnswer = { commands, explainingMs: performance.now() - begun };
    return { ...result, extensions: { ...result.extensions, explain } };
  };
}
