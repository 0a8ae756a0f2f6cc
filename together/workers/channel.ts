/** One end of Node's channel between two processes: a worker of node:cluster, on both sides. */
export interface End {
  send(message: unknown, handle: undefined, options: undefined, sent: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  once(event: 'disconnect', listener: () => void): unknown;
}

type Answer = (...args: never[]) => unknown;
/** What one end answers, by name. */
export type Answers<Names extends PropertyKey> = Readonly<Record<Names, Answer>>;

/** The process at the other end. */
export interface Peer<Theirs extends Answers<keyof Theirs>> {
  /** Asks a question; gives the answer. @throws what the other end threw, or that it is gone. */
  readonly ask: <Name extends keyof Theirs>(
    name: Name,
    ...args: Parameters<Theirs[Name]>
  ) => Promise<Awaited<ReturnType<Theirs[Name]>>>;
}

interface Question {
  readonly question: number;
  readonly name: string;
  readonly args: readonly never[];
}

interface Answered {
  readonly answered: number;
  readonly value?: unknown;
  readonly error?: unknown;
}

/**
 * Lets two processes ask each other: questions are function calls by name, answered in whatever order they are done.
 * There are no time-outs: both ends are on one machine, and when one is gone the other is told so.
 */
export function peerOf<Theirs extends Answers<keyof Theirs>>(
  end: End,
  answers: Answers<string>,
): Peer<Theirs> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: unknown) => void }>();
  let asked = 0;

  const send = (message: Question | Answered) =>
    end.send(message, undefined, undefined, (error) => {
      if (error && 'question' in message) settle({ answered: message.question, error });
    });
  const settle = ({ answered, value, error }: Answered) => {
    const asker = waiting.get(answered);
    waiting.delete(answered);
    if (error === undefined) asker?.resolve(value as never);
    else asker?.reject(error);
  };

  end.on('message', (message) => {
    if (isQuestion(message)) void answer(message, answers).then(send);
    else if (isAnswered(message)) settle(message);
  });
  end.once('disconnect', () => {
    for (const { reject } of waiting.values()) reject(new Error('the other process is gone'));
    waiting.clear();
  });

  return {
    ask: (name, ...args) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        send({ question: asked, name: String(name), args });
      }),
  };
}

async function answer({ question, name, args }: Question, answers: Answers<string>): Promise<Answered> {
  try {
    return { answered: question, value: await answers[name]?.(...args) };
  } catch (error) {
    return { answered: question, error };
  }
}

const isQuestion = (message: unknown): message is Question => has(message, 'question');
const isAnswered = (message: unknown): message is Answered => has(message, 'answered');
const has = (message: unknown, key: string): boolean =>
  typeof message === 'object' && message !== null && key in message;
