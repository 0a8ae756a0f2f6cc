/** A reason not to start, written for the person at the terminal: what is wrong, and what would be right. No stack is shown. */
export class StartError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'StartError';
  }
}

/** One variable that is not as it should be. */
export interface Mistake {
  readonly variable: string;
  /** What it was and what would be right; never the value of a secret. */
  readonly message: string;
}

/** Every mistake of the environment at once. */
export class ConfigError extends StartError {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ variable, message }) => `  ${variable}: ${message}`);
    super(`The environment is not right:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}
