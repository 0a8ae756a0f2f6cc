import type { RollupDimension } from '../types.generated.ts';

const treeDimensions: ReadonlySet<RollupDimension> = new Set(['CHILD_UNIT', 'PROVINCE', 'REGION', 'LEVEL']);

/** Whether a dimension depends on the tree of units; in the tree of another day its keys are found after reading. */
export const readsTree = (dimension: RollupDimension): boolean => treeDimensions.has(dimension);
