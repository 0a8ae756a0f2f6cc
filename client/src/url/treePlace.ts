/** Gives the values of the address of the unit tree at which units are open and one of them is marked. */
export function treePlace(
  on: string | null,
  path: readonly string[],
  unit?: string,
): Readonly<Record<string, string>> {
  return {
    ...(on && { on }),
    ...(path.length > 0 && { path: path.join('-') }),
    ...(unit && { unit }),
  };
}
