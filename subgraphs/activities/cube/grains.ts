/** What support can be grouped or filtered by within the cells of a unit, beside time. */
export type Attribute = 'kind' | 'groups' | 'funding' | 'contentItem';

/**
 * The margins that are kept of the units above: a cell holds one value of each of its attributes, and all values of the
 * others together. A question reads the first that has what it needs.
 */
export const grains = {
  TOTAL: [],
  KIND: ['kind'],
  GROUPS: ['groups'],
  FUNDING: ['funding'],
  CONTENT: ['contentItem'],
  KIND_GROUPS: ['kind', 'groups'],
} as const satisfies Readonly<Record<string, readonly Attribute[]>>;

export type Grain = keyof typeof grains;

/**
 * Those kept of the facts of a unit alone: finer ones would be as many as its day cells, which hold every attribute.
 */
export const ownGrains = ['TOTAL', 'KIND'] as const satisfies readonly Grain[];

export type Time = 'ALL' | 'MONTH';

/**
 * Which cells stand side by side: `DAY`, the cells of one unit and day; `REPORTED.<time>.<grain>`, those of a unit as it was
 * reported; `TODAY.<time>`, those of a unit with whatever stands under it today.
 */
export type Slot = 'DAY' | `REPORTED.${Time}.${Grain}` | `TODAY.${Time}`;

/** Gives the coarsest grain that knows all the attributes; null when only day cells do. */
export function grainOf(needed: ReadonlySet<Attribute>, among: readonly Grain[]): Grain | null {
  const knows = (grain: Grain) =>
    [...needed].every((attribute) => (grains[grain] as readonly Attribute[]).includes(attribute));
  return among.find(knows) ?? null;
}
