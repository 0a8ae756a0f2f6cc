import type { GraphContext } from '../../server/requestScope.ts';
import type { Execution, Executor } from '../access/guardedExecutor.ts';

/** Adds `extensions.explain` to the answers of those who asked for it; it is the last to touch an answer. */
export const explainedExecutor =
  (executor: Executor): Executor =>
  async (request) => {
    const answer = await executor(request);
    const { recorder } = (request.context as unknown as GraphContext).scope;
    if (!recorder) return answer;
    const explain = recorder.explain(answer.data);
    return { ...answer, extensions: { ...answer.extensions, explain } } as Execution;
  };
