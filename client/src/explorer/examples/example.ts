/** A named operation to start from. */
export interface Example {
  /** What it answers: "D4. How support of one unit went on …". */
  readonly title: string;
  /** Who asks it. */
  readonly asker: string;
  readonly query: string;
  /** JSON, as it stands in the editor of variables. */
  readonly variables: string | null;
  /** JSON, as it stands in the editor of headers. */
  readonly headers: string | null;
}

/** Gives the examples by who asks them, in the order in which they come. */
export const byAsker = (examples: readonly Example[]): (readonly [string, readonly Example[]])[] =>
  [...new Set(examples.map(({ asker }) => asker))].map(
    (asker) => [asker, examples.filter((example) => example.asker === asker)] as const,
  );
