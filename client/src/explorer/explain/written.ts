/** Gives milliseconds as a person reads them. */
export const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

/** Gives what is known, or a dash. */
export const orDash = (value: string | number | null): string | number => value ?? '–';
