const LONGEST_TEXT = 60;

/** Gives an answer short enough to be read: of each list the first row and how many more there are, of long texts the beginning. */
export function excerptOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [first, ...more] = value;
    if (first === undefined) return [];
    return [excerptOf(first), ...(more.length > 0 ? [`… ${more.length} more`] : [])];
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, excerptOf(inner)]));
  return typeof value === 'string' && value.length > LONGEST_TEXT
    ? `${value.slice(0, LONGEST_TEXT)}…`
    : value;
}
