/** How one value stands in an address. */
export interface Param<Value> {
  /** Reads what stands there; whatever cannot be read is the value when left out. */
  read(raw: string | null): Value;
  /** What to write; null leaves it out. */
  write(value: Value): string | null;
}

/** The parameters of a view, by the names that they have in its address. */
export type Params = Readonly<Record<string, Param<unknown>>>;

/** The values of parameters. */
export type Values<P> = { readonly [Name in keyof P]: P[Name] extends Param<infer Value> ? Value : never };

/** A text, with what it is when left out. */
export const text = (otherwise: string): Param<string> => ({
  read: (raw) => raw || otherwise,
  write: (value) => (value === otherwise || value === '' ? null : value),
});

/** A text that may be left out, such as a cursor. */
export const optionalText: Param<string | null> = {
  read: (raw) => raw || null,
  write: (value) => value || null,
};

/** A day of the calendar, YYYY-MM-DD, that may be left out. */
export const optionalDay: Param<string | null> = {
  read: (raw) => (raw && isDay(raw) ? raw : null),
  write: (value) => value,
};

const isDay = (raw: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/u.test(raw) && new Date(raw).toJSON()?.startsWith(raw);

/** Codes of units, the upper before the lower, such as T01.1-H001.1. */
export const codes: Param<readonly string[]> = {
  read: (raw) => raw?.split('-').filter(Boolean) ?? [],
  write: (value) => value.join('-') || null,
};

/** One of some values, with the one it is when left out. */
export const choice = <const T extends string>(values: readonly T[], otherwise: NoInfer<T>): Param<T> => ({
  read: (raw) => values.find((value) => value === raw) ?? otherwise,
  write: (value) => (value === otherwise ? null : value),
});

/** One of some values, or none. */
export const optionalChoice = <const T extends string>(values: readonly T[]): Param<T | null> => ({
  read: (raw) => values.find((value) => value === raw) ?? null,
  write: (value) => value,
});

/** A whole number from 1, such as a page or a year, with what it is when left out. */
export const count = (otherwise: number): Param<number> => ({
  read: (raw) => (raw && /^[1-9]\d{0,8}$/u.test(raw) ? Number(raw) : otherwise),
  write: (value) => (value === otherwise ? null : String(value)),
});

/** A whole number from 1, or none. */
export const optionalCount: Param<number | null> = {
  read: (raw) => count(0).read(raw) || null,
  write: (value) => (value === null ? null : String(value)),
};

/** Reads the values of parameters from the search of an address. */
export function readParams<P extends Params>(params: P, search: string): Values<P> {
  const found = new URLSearchParams(search);
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => [name, param.read(found.get(name))]),
  ) as Values<P>;
}

/** Gives the search of an address with some values changed; everything else in it stays. */
export function writeParams<P extends Params>(params: P, search: string, change: Partial<Values<P>>): string {
  const written = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    const raw = params[name]?.write(value) ?? null;
    if (raw === null) written.delete(name);
    else written.set(name, raw);
  }
  const next = written.toString();
  return next ? `?${next}` : '';
}
