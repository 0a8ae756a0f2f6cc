/** An object of an answer. */
export type Data = { [key: string]: unknown };

/** The constructor of objects that inherit nothing. */
function Nothing(): void {}
Nothing.prototype = Object.create(null);
const Inheriting = Nothing as unknown as new () => Data;

/**
 * Gives an empty object that inherits nothing, so that a response name may be any name, `__proto__` too.
 * `Object.create(null)` would do the same, but V8 keeps such objects as hash tables, slow to fill and to write out.
 */
export const emptyData = (): Data => new Inheriting();

/** Gives what an object holds itself, whatever it inherits. */
export const ownOf = (data: Data, key: string): unknown => (Object.hasOwn(data, key) ? data[key] : undefined);

/** Whether a value is an object, and no list. */
export const isData = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sets what an object holds itself: `__proto__` is a name like others. */
export function setOwn(data: Data, key: string, value: unknown): void {
  if (key in data && !Object.hasOwn(data, key))
    Object.defineProperty(data, key, { value, configurable: true, enumerable: true, writable: true });
  else data[key] = value;
}
