/** How what is added finds the line that it belongs to. */
interface Merging<Line, More> {
  readonly isSame: (line: Line, more: More) => boolean;
  readonly plus: (line: Line, more: More) => Line;
  readonly fresh: (more: More) => Line;
}

/** Adds each to the line that it belongs to, or as a line of its own; gives all lines in their order. */
export function mergeInto<Line, More>(
  lines: readonly Line[],
  added: readonly More[],
  { isSame, plus, fresh }: Merging<Line, More>,
): Line[] {
  const all = [...lines];
  for (const more of added) {
    const at = all.findIndex((line) => isSame(line, more));
    const line = all[at];
    if (line === undefined) all.push(fresh(more));
    else all[at] = plus(line, more);
  }
  return all;
}
