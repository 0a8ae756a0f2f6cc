/**
 * What a cell adds up: a number, or numbers by name, or a list of lines whose texts (a code) say what each is about.
 * A zero is left out everywhere: absent and zero mean the same, so that adding and taking away give what was before.
 */
export type Sum = number | string | readonly Sum[] | { readonly [name: string]: Sum };
export type Sums = Readonly<Record<string, Sum>>;

/** Sums that are being added to. */
export interface OpenSums {
  [name: string]: number | string | OpenSums | OpenSums[];
}

/**
 * Adds `sign × more` into sums. Lists are added line by line: those of one cell are about the same things in the same order.
 * Throws when they are not, which is a fault of the cube's definition.
 */
export function addInto(into: OpenSums, more: Sums, sign: 1 | -1): void {
  for (const name in more) {
    const value = more[name];
    if (typeof value === 'number') addNumber(into, name, sign * value);
    else if (typeof value === 'string') addText(into, name, value);
    else if (Array.isArray(value)) addLines(into, name, value as readonly Sums[], sign);
    else if (value !== undefined) addNested(into, name, value as Sums, sign);
  }
}

function addNumber(into: OpenSums, name: string, value: number): void {
  const sum = ((into[name] as number | undefined) ?? 0) + value;
  if (sum === 0) delete into[name];
  else into[name] = sum;
}

function addText(into: OpenSums, name: string, value: string): void {
  const there = into[name];
  if (there !== undefined && there !== value) throw new Error(`A line of "${there}" met one of "${value}".`);
  into[name] = value;
}

function addLines(into: OpenSums, name: string, more: readonly Sums[], sign: 1 | -1): void {
  const lines = (into[name] as OpenSums[] | undefined) ?? more.map(() => ({}));
  if (lines.length !== more.length) throw new Error(`Lists "${name}" of different lengths in one cell.`);
  into[name] = lines;
  lines.forEach((line, index) => {
    addInto(line, more[index] ?? {}, sign);
  });
}

function addNested(into: OpenSums, name: string, more: Sums, sign: 1 | -1): void {
  const nested = (into[name] as OpenSums | undefined) ?? {};
  addInto(nested, more, sign);
  if (Object.keys(nested).length === 0) delete into[name];
  else into[name] = nested;
}

/** Whether no number is left: lines of texts alone are nothing. */
export function isNothing(sums: unknown): boolean {
  if (typeof sums === 'number') return sums === 0;
  if (typeof sums !== 'object' || sums === null) return true;
  return Object.values(sums).every(isNothing);
}
