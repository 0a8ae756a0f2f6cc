import { createHash } from 'node:crypto';
import type { ClientSession, Connection } from 'mongoose';
import { z } from 'zod';
import { inTransaction } from '../inTransaction.ts';
import { type Fault, Faults, Refusal, type UserErrorRecord, userErrorsOf } from './faults.ts';
import type { CommandInput } from './inputs.ts';
import { commonOutcomes, type Outcomes } from './outcomes.ts';
import { type CommandScope, Tx } from './transaction.ts';

/**
 * One mutation. `subgraphs/<name>/commands/` holds one file for each:
 *
 *     export const submitReport: Command<Models, SubmitReport, { id: string }> = {
 *       name: 'submitReport',
 *       input: z.object({ ...onExisting }),
 *       may: (viewer) => requireRole(viewer, 'OFFICER'),
 *       run: async (tx, input) => {
 *         const report = await tx.take(reports, input, (row) => requireOwnUnit(tx.viewer, row.scopePath));
 *         const status = advance(tx.faults, reportMachine, 'submitReport', report.status);
 *         if (report.values.length === 0) tx.faults.add('…');
 *         tx.faults.check();
 *         await tx.update(reports, report, { status });
 *         return { id: report._id };
 *       },
 *     };
 *
 * `run` may run several times: MongoDB asks for that when transactions meet. It must do nothing outside of `tx`.
 */
export interface Command<Models, Input extends CommandInput, Result extends object> {
  /** The mutation's name. */
  readonly name: string;
  readonly input: z.ZodType<Input>;
  /** Throws FORBIDDEN for roles that may not do this anywhere. */
  readonly may: (viewer: CommandScope<Models>['viewer']) => void;
  /** Gives ids and codes only: they are kept for a week, to answer the same request again. */
  readonly run: (tx: Tx<Models>, input: Input) => Promise<Result>;
  /** Gives the input as it may be hashed and kept; needed where it holds what must not be guessed (a citizen number). */
  readonly fingerprint?: (input: Input, scope: CommandScope<Models>) => unknown;
}

/** The answer of a command: what it did, or why it did nothing. */
export interface CommandResult<Result> {
  readonly result: Result | null;
  readonly userErrors: readonly UserErrorRecord[];
}

/** Ends a dry run: everything was computed as it would be done, and is rolled back. */
export class DryRun<Result extends object> extends Error {
  readonly result: Result;

  constructor(result: Result) {
    super('dry run');
    this.name = 'DryRun';
    this.result = result;
  }
}

/** Runs commands for one request. */
export type CommandRunner<Models> = <Input extends CommandInput, Result extends object>(
  command: Command<Models, Input, Result>,
  input: unknown,
) => Promise<CommandResult<Result>>;

export interface RunnerOptions<Models> {
  readonly connection: Connection;
  readonly scope: CommandScope<Models>;
  readonly outcomes: Outcomes;
  /** Called when a command was done, before its answer is read: reads made before it may be out of date. */
  readonly onDone: () => void;
}

/**
 * Makes the runner of one request's commands. A command is done once for each idempotencyKey of a subject: the same
 * request again gives the same answer; another request under the key is IDEMPOTENCY_REUSED. A refused command uses up
 * nothing: it can be sent again when its faults are mended. Throws FORBIDDEN and OUT_OF_SUBTREE.
 */
export function commandRunner<Models>(options: RunnerOptions<Models>): CommandRunner<Models> {
  return async (command, given) => {
    command.may(options.scope.viewer);
    const outcomes = { ...commonOutcomes, ...options.outcomes };
    try {
      const input = parse(command.input, given);
      const result = await once(options, outcomes, command, input);
      options.onDone();
      return { result, userErrors: [] };
    } catch (error) {
      if (error instanceof Refusal)
        return {
          result: null,
          userErrors: userErrorsOf(error.faults, outcomes, options.scope.viewer.locale),
        };
      if (error instanceof DryRun) return { result: error.result as never, userErrors: [] };
      throw error;
    }
  };
}

/** Checks lengths and shapes. Refuses with INPUT_INVALID, one fault for each place, in both languages. */
function parse<Input>(schema: z.ZodType<Input>, given: unknown): Input {
  const parsed = schema.safeParse(given, { error: messageIn('en') });
  if (parsed.success) return parsed.data;
  const vi = schema.safeParse(given, { error: messageIn('vi') });
  throw new Refusal(
    parsed.error.issues.map(
      ({ path, message }, index): Fault => ({
        code: 'INPUT_INVALID',
        severity: 'ERROR',
        path: ['input', ...path.map(String)],
        params: { en: message, vi: vi.error?.issues[index]?.message ?? message },
      }),
    ),
  );
}

/** What a rule of ours says (see `says`), or what zod says, in one language. */
const messageIn = (language: 'vi' | 'en'): z.core.$ZodErrorMap => {
  const { localeError } = z.locales[language]();
  return (issue) => {
    const own = issue.code === 'custom' ? (issue.params?.[language] as string | undefined) : undefined;
    return own ?? localeError(issue);
  };
};

async function once<Models, Input extends CommandInput, Result extends object>(
  { connection, scope }: RunnerOptions<Models>,
  outcomes: Outcomes,
  command: Command<Models, Input, Result>,
  input: Input,
): Promise<Result> {
  const key = hash([scope.viewer.subject, input.idempotencyKey]);
  const print = hash([command.name, command.fingerprint?.(input, scope) ?? input]);
  return inTransaction(connection, (session) =>
    attempt(scope, session, outcomes, command, input, { key, print }),
  );
}

async function attempt<Models, Input extends CommandInput, Result extends object>(
  scope: CommandScope<Models>,
  session: ClientSession,
  outcomes: Outcomes,
  command: Command<Models, Input, Result>,
  input: Input,
  { key, print }: { readonly key: string; readonly print: string },
): Promise<Result> {
  const faults = new Faults(outcomes, input.acknowledge);
  const tx = new Tx(scope, session, faults, {
    action: command.name,
    reason: input.acknowledgeReason,
    acknowledged: input.acknowledge,
  });
  const { idempotency } = scope.journal;
  const done = await idempotency.findOne({ _id: key }, {}, tx.options).lean();
  if (done) {
    if (done.print === print) return done.result as Result;
    return faults.refuse('IDEMPOTENCY_REUSED', {
      path: ['input', 'idempotencyKey'],
      params: { operation: done.operation },
    });
  }
  if (input.acknowledge.length > 0 && input.acknowledgeReason === null) {
    faults.refuse('INPUT_INVALID', {
      path: ['input', 'acknowledgeReason'],
      params: acknowledgeReasonMissing,
    });
  }
  // First of all writes: of two requests under one key the second waits here, and then finds the first one done.
  const claim = { _id: key, operation: command.name, print, result: {}, at: new Date() };
  await idempotency.collection.insertOne(claim as never, tx.options);
  const result = await command.run(tx, input);
  await idempotency.collection.updateOne({ _id: key as never }, { $set: { result } }, tx.options);
  await tx.flush();
  return result;
}

const acknowledgeReasonMissing = {
  vi: 'Bỏ qua cảnh báo thì phải nêu lý do trong acknowledgeReason.',
  en: 'Overriding a warning takes a reason in acknowledgeReason.',
};

const hash = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('base64url');

/** JSON with sorted keys, so that equal inputs have equal texts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([a], [b]) => (a < b ? -1 : 1)))
      : child,
  );
