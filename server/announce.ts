/** What a person at a terminal should know: a title, and what stands beside it. */
export type Announced = readonly [title: string, text: string];

/** Tells a person at a terminal that the program answers, and how to go on. */
export function announce(lines: readonly Announced[]): void {
  const width = Math.max(...lines.map(([title]) => title.length)) + 4;
  const shown = lines.map(([title, text]) => `  ${title.padEnd(width)}${text}`);
  process.stdout.write(['', '  The emulation graph answers.', ...shown, '', ''].join('\n'));
}
