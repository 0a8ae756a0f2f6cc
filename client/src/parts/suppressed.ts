/** Stands for a number that the graph hides, in tables and figures. */
export const SUPPRESSED = Symbol('suppressed');
